import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadReviewedConfig } from '../../lib/review/review';
import { A_YAML } from '../support/a-yaml';
import { anOperator } from '../support/operator';
import { temporaryFolder } from '../support/temporary-folder';

interface BrokenConfig {
  readonly mistake: string;
  /** The text of the good file that is replaced, or the whole file. */
  readonly replace?: string;
  readonly by?: string;
  readonly file?: string;
  readonly problems: readonly string[];
}

const BROKEN = parse(readFileSync(join(__dirname, 'broken-configs.yaml'), 'utf8')) as BrokenConfig[];
const folder = temporaryFolder();

const toldOf = anOperator();
const problemsOf = (text: string) => toldOf(text).problems;

describe('loadConfig', () => {
  test('accepts the file that the table breaks', () => {
    expect(problemsOf(A_YAML)).toEqual([]);
  });

  test.each(BROKEN)('fails when there is $mistake', ({ replace = '', by = '', file, problems }) => {
    if (file === undefined) expect(A_YAML.split(replace)).toHaveLength(2);
    expect(problemsOf(file ?? A_YAML.replace(replace, () => by))).toEqual(problems);
  });

  test('fails when the file does not exist, is a folder or may not be read', () => {
    const reasonOf = (file: string) => {
      try {
        return loadReviewedConfig(file);
      } catch (error) {
        return (error as Error).message;
      }
    };
    const secret = join(folder, 'secret.yaml');
    writeFileSync(secret, A_YAML);
    chmodSync(secret, 0o000);
    mkdirSync(join(folder, 'folder.yaml'));

    expect(reasonOf('/nowhere.yaml')).toBe(
      '/nowhere.yaml:1:1 does not exist: set BACKUP_CONFIG to a YAML file that can be read',
    );
    expect(reasonOf(join(folder, 'folder.yaml'))).toMatch('is a folder: set BACKUP_CONFIG');
    // Root reads everything.
    if (process.getuid?.() !== 0) expect(reasonOf(secret)).toMatch('may not be read by this user');
  });

  test('reads JSON too, and merges what YAML repeats by anchors', () => {
    const merged = A_YAML.replace(
      'archive:\n    accountId',
      'archive:\n    <<: { vaultAccess: organization }\n    accountId',
    );
    expect(problemsOf(merged)).toEqual([]);
    expect(problemsOf(JSON.stringify(parse(A_YAML)))).toEqual([]);
  });

  test('tells once what an anchor repeats', () => {
    const repeated = A_YAML.replace(
      'regions: { eu-west-1: {',
      'deployRole: &role "a b"\n    regions: { eu-west-1: {',
    ).replace('regions: [eu-west-2]', 'deployRole: *role\n    regions: [eu-west-2]');
    expect(problemsOf(repeated)).toEqual([
      '16:23 destinations.vault.deployRole must be a role name, with its path if it has one, such as infrastructure/Deployer; not an ARN, got "a b" (2 times)',
    ]);
  });

  test('finds the place of a value that was merged in', () => {
    const merged = A_YAML.replace('archive:\n    accountId', 'archive:\n    <<: { vaultAccess: all }\n    accountId');
    expect(problemsOf(merged)).toEqual([
      '18:24 destinations.archive.vaultAccess must be accounts, organization or { ouPaths: […] }, got "all"',
    ]);
  });
});

describe('warnings', () => {
  const warningsOf = (text: string) => toldOf(text).warnings;

  test('there are none for a config that is whole', () => {
    expect(warningsOf(A_YAML)).toEqual([]);
    expect(loadReviewedConfig('backup.yaml').warnings).toEqual([]);
  });

  test.each([
    [
      'the management account is a source',
      ['"111111111111"\n    ou', '"999999999999"\n    deployRole: Deploy\n    ou'],
      ['arn:aws:ec2:us-east-1:111111111111', 'arn:aws:ec2:us-east-1:999999999999'],
      '22:16 sources.production.accountId is the management account: service control policies never protect it, so its own backups can be destroyed by its administrators',
    ],
    [
      'nothing is copied to a destination',
      ['          - { to: archive/eu-west-2, deleteAfterDays: 90 }\n', ''],
      ['', ''],
      '19:15 destinations.archive.regions.eu-west-2 keeps nothing: no source has a plan with a copy to archive/eu-west-2',
    ],
    [
      'a source has no plans',
      ['plans: [daily] }', 'plans: [] }'],
      ['', ''],
      '26:7 sources.production.regions.us-east-2 backs up nothing: it has no plans',
    ],
    [
      'a plan is used by no source',
      ['plans: [daily, weekly]', 'plans: [daily]'],
      ['', ''],
      '43:3 plans.weekly is used by no source',
    ],
    [
      'an opt-in is not known in its Region',
      [
        'us-east-2: { createResourceKey: true, plans',
        'us-west-1: { createResourceKey: true, optIn: { EBS: true, DocumentDB: true }, plans',
      ],
      ['', ''],
      '26:65 sources.production.regions.us-west-1.optIn.DocumentDB is not known to be in us-west-1: AWS refuses the Region settings when it is not',
    ],
    [
      'a plan has no selections',
      ['    selections:\n      - { name: any', '    # selections:\n    #  - { name: any'],
      ['', ''],
      '43:3 plans.weekly backs up nothing: it has no selections',
    ],
  ])('is given when %s', (_, [first = '', by = ''], [second = '', bySecond = ''], warning) => {
    expect(warningsOf(A_YAML.replace(first, by).replace(second, bySecond))).toEqual([warning]);
  });
});
