import type { ConfigInput } from '../../lib/config/config';
import { aConfig, aPlan, SOURCE_ID } from '../support/a-config';
import { resourceOf, stackOf, synthesize } from '../support/synthesize';

const DESTINATIONS = {
  vault: { accountId: '222222222222', regions: ['eu-west-1', 'eu-west-2'] },
  archive: { accountId: '333333333333', regions: ['eu-west-1'] },
};
const COPIES = ['vault/eu-west-1', 'vault/eu-west-2', 'archive/eu-west-1'];
const rule = { name: 'r', schedule: 'cron(0 3 ? * * *)', deleteAfterDays: 35 };
const PLANS = { daily: aPlan({ rules: [{ ...rule, copies: COPIES.map((to) => ({ to, deleteAfterDays: 90 })) }] }) };
const SOURCES = { production: { accountId: SOURCE_ID, regions: ['us-east-1'], plans: ['daily'], copyBack: true } };

const BACKENDS = {
  local: { backend: 'local' },
  s3: { backend: 's3', bucket: 'states', region: 'eu-west-1', accountId: '999999999999', role: 'States' },
  hcp: { backend: 'hcp', organization: 'acme', project: 'backup' },
} as const satisfies Record<string, ConfigInput['state']>;

/** What a state is known by: in its own stack's backend, and in the data source of a stack that reads it. */
const KEYS = {
  local: { own: (name: string) => ({ path: `../../../state/${name}.tfstate` }), read: 'local' },
  s3: {
    own: (name: string) => ({
      bucket: 'states',
      key: `cross-account-backup/${name}.tfstate`,
      region: 'eu-west-1',
      encrypt: true,
      use_lockfile: true,
      assume_role: { role_arn: 'arn:aws:iam::999999999999:role/States' },
    }),
    read: 's3',
  },
  hcp: {
    own: (name: string) => ({
      organization: 'acme',
      workspaces: { name: `cross-account-backup-${name}`, project: 'backup' },
    }),
    read: 'remote',
  },
};

describe.each(['local', 's3', 'hcp'] as const)('stacks on the %s backend', (backend) => {
  const output = synthesize(
    aConfig({ state: BACKENDS[backend], destinations: DESTINATIONS, plans: PLANS, sources: SOURCES }),
  );
  const source = stackOf(output, 'source-production-us-east-1');
  const states = source.data?.terraform_remote_state ?? {};

  test('keep a state each, under the name of the stack', () => {
    for (const [name, { terraform }] of Object.entries(output.stacks)) {
      expect(terraform.cloud ?? terraform.backend?.[backend]).toEqual(KEYS[backend].own(name));
    }
  });

  test('copy to the vault that the right destination stack tells', () => {
    const rules = resourceOf(source, 'aws_backup_plan').rule as { copy_action: { destination_vault_arn: string }[] }[];
    const targets = rules.flatMap(({ copy_action }) => copy_action.map((copy) => copy.destination_vault_arn));
    expect(targets).toEqual(
      COPIES.map((to) => `\${data.terraform_remote_state.State-destination-${to.replace('/', '-')}.outputs.vault_arn}`),
    );
  });

  test("read each other stack's own state, and nothing stands in for a value that is not there", () => {
    const read = Object.entries(states).map(([id, { backend: type, config, defaults }]) => {
      const own = KEYS[backend].own(id.replace('State-', '')) as Record<string, unknown>;
      const { use_lockfile, workspaces, ...rest } = own;
      // The data source of a workspace knows no project, and a reader takes no lock.
      const named = workspaces ? { workspaces: { name: (workspaces as { name: string }).name } } : {};
      expect({ type, config, defaults }).toEqual({
        type: KEYS[backend].read,
        config: { ...rest, ...named },
        defaults: undefined,
      });
      return id;
    });
    expect(read.sort()).toEqual([
      'State-destination-archive-eu-west-1',
      'State-destination-vault-eu-west-1',
      'State-destination-vault-eu-west-2',
      'State-management',
    ]);
  });

  test('tell a value only under a name that its reader asks for', () => {
    const asked = [...JSON.stringify(output.stacks).matchAll(/State-([a-z0-9-]+)\.outputs\.([a-z_]+)/g)];
    expect(asked.length).toBeGreaterThan(10);
    for (const [, stack = '', name = ''] of asked) expect(stackOf(output, stack).output).toHaveProperty(name);
  });

  test('are deployed management first, then destinations, then sources', () => {
    const { management, ...others } = output.dependencies;
    expect(management).toEqual([]);
    expect(others).toEqual({
      'destination-vault-eu-west-1': ['management'],
      'destination-vault-eu-west-2': ['management'],
      'destination-archive-eu-west-1': ['management'],
      'source-production-us-east-1': expect.arrayContaining([
        'management',
        'destination-vault-eu-west-1',
        'destination-vault-eu-west-2',
        'destination-archive-eu-west-1',
      ]),
    });
  });

  test('leave the management stack without any other state', () => {
    expect(stackOf(output, 'management').data?.terraform_remote_state).toBeUndefined();
  });
});
