import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge, type Verdict } from '../../lib/proof/judge';
import { proveFolder } from '../../lib/proof/prove-folder';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { synthesize } from '../../stacks/synthesize';
import { aConfig } from '../support/a-config';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const outdir = join(folder, 'cdktf.out');
const configFile = join(folder, 'backup.yaml');
const VAULT = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination';
const GIVEN = {
  sources: {
    production: {
      accountId: '111111111111',
      regions: { 'us-east-1': { createResourceKey: true } },
      plans: ['daily'],
      copyBack: true,
    },
  },
};

synthesize(resolveTopology(aConfig(GIVEN)), [], outdir);

const subject = (overrides: object) => {
  const config = aConfig({ ...GIVEN, ...overrides });
  return { config, configFile, topology: resolveTopology(config), outdir };
};
const file = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
};
const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (...actions: string[]) => ({ Sid: 'Allow', Effect: 'Allow', Action: actions, Resource: '*' });
const deny = (Sid: string, ...actions: string[]) => ({ Sid, Effect: 'Deny', Action: actions, Resource: '*' });

const withScp = (name: string, ...statements: object[]) =>
  proveFolder(subject({ guardrails: { extraScpFiles: [file(name, policy(...statements))] } }));
const withDeployRole = (...statements: object[]) =>
  proveFolder(subject({ deployRolePolicyFile: file('deploy.json', policy(...statements)) }));
const told = (failures: readonly string[]) => failures.map((line) => line.replaceAll(/_[0-9A-F]{8}\b/g, ''));

describe('deployRolePolicyFile', () => {
  /** What the stacks hold, in the services they use. */
  const SUFFICIENT = ['backup:*', 'backup-storage:*', 'kms:*', 'iam:*', 'ec2:*', 'rds:*', 'ram:*'];

  test('passes with a policy that allows all that a deploy changes', () => {
    expect(withDeployRole(allow(...SUFFICIENT)).failures).toEqual([]);
  });

  test('fails when the role cannot change the policy of a key, and names the keys', () => {
    const { failures } = withDeployRole(allow(...SUFFICIENT), deny('NoKeys', 'kms:PutKeyPolicy'));
    const of = (accountId: string, key: string) =>
      `must be allowed, and is denied by deploy.json, NoKeys: arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole: kms:PutKeyPolicy on arn:aws:kms:${key}`;
    expect(told(failures)).toEqual(
      expect.arrayContaining([
        of('222222222222', 'eu-west-1:222222222222:key/destination-vault-eu-west-1.Vault_Key'),
        of('111111111111', 'us-east-1:111111111111:key/source-production-us-east-1.Vault_Key'),
      ]),
    );
    expect(failures.filter((line) => !line.includes('kms:PutKeyPolicy'))).toEqual([]);
  });

  test('fails when the policy says nothing of an action that a deploy needs', () => {
    const [first] = withDeployRole(allow('kms:*', 'iam:*', 'ec2:*', 'rds:*', 'ram:*')).failures;
    expect(first).toBe(
      `must be allowed, and no identity policy and no resource policy allows it: arn:aws:iam::222222222222:role/OrganizationAccountAccessRole: backup:CreateBackupVault on ${VAULT}`,
    );
  });

  test('says nothing of the roles of StackSets, whose policy is their own', () => {
    const { failures } = withDeployRole(allow('sts:GetCallerIdentity'));
    expect(failures.filter((line) => line.includes('stacksets-exec-any: '))).toEqual([]);
    expect(failures.length).toBeGreaterThan(100);
  });
});

describe('extraScpFiles', () => {
  test('fail every copy when one forbids it, and name the statement', () => {
    const { edges, failures } = withScp('scp.json', deny('NoCopies', 'backup:CopyFromBackupVault'));
    expect(edges.map(({ edge, grants }) => [edge, grants['copy out'].right])).toEqual([
      ['production/us-east-1 to vault/eu-west-1', 0],
      ['vault/eu-west-1 back to production/us-east-1', 0],
    ]);
    expect(failures[0]).toBe(
      'production/us-east-1 to vault/eu-west-1, copy out: must be allowed, and is denied by scp.json, NoCopies: arn:aws:iam::111111111111:role/cab-backup-us-east-1: backup:CopyFromBackupVault on arn:aws:backup:us-east-1:111111111111:recovery-point:0a1b2c3d',
    );
  });

  test('fail when an allow-list leaves out a service that copies use', () => {
    const { failures } = withScp(
      'allow.json',
      allow('backup:*', 'backup-storage:*', 'kms:*', 'rds:*', 'fsx:*', 'iam:*', 'ram:*', 'tag:*'),
    );
    expect(failures[0]).toBe(
      'production/us-east-1 to vault/eu-west-1, share: must be allowed, and no service control policy allows it: arn:aws:iam::111111111111:role/cab-backup-us-east-1: ec2:ModifySnapshotAttribute on arn:aws:ec2:us-east-1::snapshot/snap-0a1b2c3d',
    );
    expect(failures.filter((line) => !line.includes(': ec2:'))).toEqual([]);
  });

  test.each([
    ['an allow-list that has every service', allow('*')],
    ['a denial of what no backup needs', deny('NoSubnets', 'ec2:CreateSubnet')],
    [
      'a denial of other Regions than those of the config, and than that of IAM',
      {
        ...deny('NoOtherRegions', '*'),
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } },
      },
    ],
    [
      'a denial of what is not of the organization',
      {
        ...deny('NoOtherOrganizations', '*'),
        Condition: {
          StringNotEqualsIfExists: { 'aws:ResourceOrgID': 'o-abc1234567' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
    ],
  ])('pass with %s', (_, statement) => {
    expect(withScp('harmless.json', statement).failures).toEqual([]);
  });

  test('fail when one forbids the Region that copies go to', () => {
    const { failures } = withScp('regions.json', {
      ...deny('NoIreland', 'backup:*'),
      Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    });
    expect(failures[0]).toBe(
      `production/us-east-1 to vault/eu-west-1, copy in: must be allowed, and is denied by regions.json, NoIreland: arn:aws:iam::111111111111:role/cab-backup-us-east-1: backup:CopyIntoBackupVault on ${VAULT}`,
    );
  });

  test('are refused when they decide by what no request of the proof says', () => {
    const deciding = {
      ...deny('NoNight', '*'),
      Condition: { DateGreaterThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } },
    };
    expect(() => withScp('night.json', deciding)).toThrow(
      'night.json, NoNight decides by aws:CurrentTime (DateGreaterThan), and the proof cannot tell what requests have there',
    );
  });

  test('are all in force together', () => {
    const names = [
      file('list.json', policy(allow('*'))),
      file('more.json', policy(deny('NoSharing', 'rds:ModifyDBSnapshotAttribute'))),
    ];
    const { failures } = proveFolder(subject({ guardrails: { extraScpFiles: names } }));
    expect(new Set(failures.map((line) => /denied by ([^:]+):/.exec(line)?.[1]))).toEqual(
      new Set(['more.json, NoSharing']),
    );
  });
});

describe('judge', () => {
  const judged = (overrides: object): Verdict => judge(subject(overrides));
  const refusal = (message: string): Verdict => ({
    mayDeploy: false,
    notes: [
      message,
      'Nothing is written; what an earlier synth wrote stays. To write it all the same, say why in acceptFailingProof.',
    ],
    summary: [],
  });
  const place = (name: string) => join(folder, name);

  test('lets stacks be written that are proven, and says so in a line', () => {
    const { mayDeploy, notes, summary } = judged({});
    expect({ mayDeploy, notes }).toEqual({ mayDeploy: true, notes: [] });
    expect(summary).toEqual([
      expect.stringMatching(
        /^Proven: 2 copy edges permitted, \d{4} requests denied, \d{3} allowed, 20 attacks in steps stopped\.$/,
      ),
    ]);
  });

  test('tells accepted risks beside what is proven', () => {
    const open = subject({ guardrails: { enabled: false } });
    const unguarded = { ...open, outdir: join(folder, 'unguarded') };
    synthesize(open.topology, [], unguarded.outdir);
    expect(judge(unguarded).summary.slice(1)).toEqual([
      expect.stringMatching(/^accepted risk: an administrator of destination vault/),
      expect.stringMatching(/^accepted risk: an administrator of source production/),
    ]);
  });

  test('fails when a file is missing', () => {
    expect(judged({ deployRolePolicyFile: 'gone.json' })).toEqual(refusal(`${place('gone.json')} cannot be read`));
  });

  test('fails when a file is no JSON', () => {
    const scp = file('broken.json', '{"Version": ');
    expect(judged({ guardrails: { extraScpFiles: [scp] } })).toEqual(
      refusal(`${place('broken.json')} is no JSON: Unexpected end of JSON input`),
    );
  });

  test('fails when a file is no policy', () => {
    const scp = file('list.json', []);
    expect(judged({ guardrails: { extraScpFiles: [scp] } })).toEqual(refusal('list.json: a policy must be an object'));
  });

  test('fails with the first 20 answers that are wrong, and how many there are', () => {
    const scp = file('all.json', policy(deny('NoBackup', 'backup:*')));
    const { mayDeploy, notes } = judged({ guardrails: { extraScpFiles: [scp] } });
    expect(mayDeploy).toBe(false);
    expect(notes).toHaveLength(23);
    expect(notes.slice(20)).toEqual([
      expect.stringMatching(/^and (\d+) more, which npm run prove -- --json tells$/),
      expect.stringMatching(/^Not proven: \d{3} answers are not as the config promises\.$/),
      'Nothing is written; what an earlier synth wrote stays. To write it all the same, say why in acceptFailingProof.',
    ]);
  });

  test('lets stacks be written that are not proven when the config says why', () => {
    const scp = file('deny.json', policy(deny('NoDescribing', 'backup:DescribeBackupVault')));
    const { mayDeploy, notes, summary } = judged({
      acceptFailingProof: 'the policy goes on Monday',
      guardrails: { extraScpFiles: [scp] },
    });
    expect(mayDeploy).toBe(true);
    expect(notes.at(-1)).toBe('Not proven: 4 answers are not as the config promises.');
    expect(summary).toEqual(['accepted risk: the proof fails (acceptFailingProof: the policy goes on Monday).']);
  });

  test('fails when the folder holds no whole synth', () => {
    rmSync(join(outdir, 'manifest.json'));
    expect(judged({})).toEqual(refusal(`${outdir} holds no stacks: run npm run synth first`));
  });
});
