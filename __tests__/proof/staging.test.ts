import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { publish, stagingFolder } from '../../lib/report/staging';
import { contentsOf } from '../support/run-command';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const DEAD = spawnSync('node', ['--version']).pid;

const write = (file: string, content = 'x') => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
};

describe('stagingFolder', () => {
  test('is empty, and beside the output folder, so that files can be moved over', () => {
    const staging = stagingFolder(join(folder, 'beside/cdktf.out'));
    expect(dirname(staging)).toBe(join(folder, 'beside'));
    expect(readdirSync(staging)).toEqual([]);
    expect(existsSync(join(folder, 'beside/cdktf.out'))).toBe(false);
  });

  test('is made below folders that are not there yet', () => {
    expect(existsSync(stagingFolder(join(folder, 'a/b/c/cdktf.out')))).toBe(true);
  });

  test('removes what killed synths left behind, and nothing else', () => {
    const parent = join(folder, 'stale');
    write(join(parent, `.synth-${DEAD}-abc/stacks/one/cdk.tf.json`));
    write(join(parent, '.synthetic/keep'));
    write(join(parent, 'cdktf.out/manifest.json'));
    const staging = stagingFolder(join(parent, 'cdktf.out'));
    const left = readdirSync(parent).map((name) => join(parent, name));
    expect(left.sort()).toEqual([staging, join(parent, '.synthetic'), join(parent, 'cdktf.out')].sort());
    expect(existsSync(join(parent, 'cdktf.out/manifest.json'))).toBe(true);
  });

  test('leaves the folder of a synth alone that is still running', () => {
    const parent = join(folder, 'running');
    const [ours, init] = [`.synth-${process.pid}-abc`, '.synth-1-abc'];
    write(join(parent, ours, 'manifest.json'));
    write(join(parent, init, 'manifest.json'));
    stagingFolder(join(parent, 'cdktf.out'));
    expect(readdirSync(parent)).toEqual(expect.arrayContaining([ours, init]));
  });
});

describe('publish', () => {
  const staged = (name: string, files: Readonly<Record<string, string>>) => {
    const outdir = join(folder, name, 'cdktf.out');
    const staging = stagingFolder(outdir);
    for (const [file, content] of Object.entries(files)) write(join(staging, file), content);
    return { staging, outdir };
  };

  test('takes away the policy files of an earlier synth, which may speak of a site that is gone', () => {
    const { staging, outdir } = staged('gone', { 'manifest.json': 'new', 'policies/here.json': 'new' });
    for (const file of ['policies/gone.json', 'key-policies/gone.json', 'stacks/a/.terraform/kept']) {
      write(join(outdir, file), 'old');
    }
    publish(staging, outdir);
    expect(contentsOf(outdir)).toEqual([
      ['/manifest.json', 'new'],
      ['/policies/here.json', 'new'],
      ['/stacks/a/.terraform/kept', 'old'],
    ]);
  });

  test('moves every file to its place, over what was there before', () => {
    const { staging, outdir } = staged('moved', { 'manifest.json': 'new', 'stacks/a/cdk.tf.json': 'new' });
    write(join(outdir, 'manifest.json'), 'old');
    write(join(outdir, 'stacks/a/cdk.tf.json'), 'old');
    publish(staging, outdir);
    expect(contentsOf(outdir)).toEqual([
      ['/manifest.json', 'new'],
      ['/stacks/a/cdk.tf.json', 'new'],
    ]);
    expect(contentsOf(staging)).toEqual([]);
  });

  test('keeps what Terraform has downloaded beside a stack', () => {
    const { staging, outdir } = staged('kept', { 'manifest.json': 'new', 'stacks/a/cdk.tf.json': 'new' });
    write(join(outdir, 'stacks/a/.terraform/providers/aws'), 'downloaded');
    write(join(outdir, 'stacks/a/.terraform.lock.hcl'), 'locked');
    publish(staging, outdir);
    expect(readFileSync(join(outdir, 'stacks/a/.terraform/providers/aws'), 'utf8')).toBe('downloaded');
    expect(readFileSync(join(outdir, 'stacks/a/.terraform.lock.hcl'), 'utf8')).toBe('locked');
  });

  test('leaves no manifest when it is stopped half way', () => {
    const { staging, outdir } = staged('stopped', { 'manifest.json': 'new', 'a.json': 'new', 'b/c.json': 'new' });
    write(join(outdir, 'manifest.json'), 'old');
    write(join(outdir, 'b'), 'a file where a folder has to be');
    expect(() => publish(staging, outdir)).toThrow(/EEXIST|ENOTDIR/);
    expect(existsSync(join(outdir, 'manifest.json'))).toBe(false);
    expect(readFileSync(join(outdir, 'a.json'), 'utf8')).toBe('new');
  });
});
