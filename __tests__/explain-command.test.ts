import { join } from 'node:path';
import { A_YAML } from './support/a-yaml';
import { aProject, runCommand } from './support/run-command';
import { temporaryFolder } from './support/temporary-folder';

const project = aProject(join(temporaryFolder(), 'project'), { 'backup.yaml': A_YAML });
const explain = (...args: string[]) => runCommand('ops/explain.ts', project, args);

describe('npm run explain', () => {
  test('shows a table of how each type travels on each copy', () => {
    const { status, stdout, stderr } = explain();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
  });

  test('tells programs the same as JSON, a row for each type', () => {
    const rows: Record<string, string>[] = JSON.parse(explain('--json').stdout);
    const shown = explain().stdout;
    expect(rows).toHaveLength(10);
    expect(rows.filter(({ type = '?' }) => !shown.includes(type))).toEqual([]);
  });

  test('explains itself', () => {
    const { status, stdout } = explain('--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run explain -- \[options\]\n/);
    expect(stdout).toContain('Exit codes:\n  0  the config is accepted\n  1  it is refused\n');
  });

  test('fails on an argument it does not know', () => {
    const { status, stdout, stderr } = explain('--all');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error: unknown option '--all'\n/);
  });
});
