import { References } from '../../lib/proof/references';
import type { StackFile } from '../../lib/proof/synthesized';
import { aConfig } from '../support/a-config';
import { provable } from '../support/prove-in-memory';

const FACTS = { organizationId: 'o-abc1234567', rootId: 'r-abc1', managementAccountId: '999999999999' };
const VAULT_ARN = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:theirs';

/** A producer with an output, and a reader of its state. */
const twoStacks = (own: object, read: object, value: unknown = '${aws_backup_vault.Vault.arn}') =>
  ({
    producer: {
      terraform: own,
      resource: { aws_backup_vault: { Vault: { name: 'theirs', tags: { team: 'b' } } } },
      output: { vault_arn: { value } },
    },
    reader: {
      terraform: { backend: { local: { path: 'reader.tfstate' } } },
      data: { terraform_remote_state: { State: read } },
      resource: { aws_iam_role: { Role: { name: 'cab-backup' } } },
    },
  }) as unknown as Record<string, StackFile>;

const local = { backend: { local: { path: 'producer.tfstate' } } };
const readsLocal = { backend: 'local', config: { path: 'producer.tfstate' } };
const READ = '${data.terraform_remote_state.State.outputs.vault_arn}';

const following = (stacks: Record<string, StackFile>) =>
  new References(stacks, FACTS, (_stack, type, _id, attribute) =>
    type === 'aws_backup_vault' && attribute === 'arn' ? VAULT_ARN : undefined,
  );
const resolve = (value: unknown, stacks = twoStacks(local, readsLocal)) => following(stacks).resolve('reader', value);

describe('References', () => {
  test.each([
    ['a local state', local, readsLocal],
    [
      'a state in S3',
      { backend: { s3: { bucket: 'states', key: 'cab/producer.tfstate', region: 'us-east-1', use_lockfile: true } } },
      { backend: 's3', config: { bucket: 'states', key: 'cab/producer.tfstate', region: 'us-east-1' } },
    ],
    [
      'a workspace of HCP Terraform',
      { cloud: { organization: 'acme', workspaces: { name: 'cab-producer' } } },
      { backend: 'remote', config: { organization: 'acme', workspaces: { name: 'cab-producer' } } },
    ],
  ])('follow an output of another stack in %s', (_, own, read) => {
    expect(resolve(READ, twoStacks(own, read))).toBe(VAULT_ARN);
  });

  test.each([
    ['another path', local, { backend: 'local', config: { path: 'other.tfstate' } }],
    [
      'another bucket',
      { backend: { s3: { bucket: 'states', key: 'producer.tfstate' } } },
      { backend: 's3', config: { bucket: 'others', key: 'producer.tfstate' } },
    ],
    [
      'another workspace',
      { cloud: { organization: 'acme', workspaces: { name: 'cab-producer' } } },
      { backend: 'remote', config: { organization: 'acme', workspaces: { name: 'cab-other' } } },
    ],
  ])('leave an output of a state under %s as it stands', (_, own, read) => {
    expect(resolve(READ, twoStacks(own, read))).toBe(READ);
  });

  test('follow references in texts, lists and maps, and outputs that are not texts', () => {
    const stacks = twoStacks(local, readsLocal, { daily: ['${aws_backup_vault.Vault.name}'] });
    expect(resolve(READ, stacks)).toEqual({ daily: ['theirs'] });
    expect(resolve({ list: [`x ${READ} y`], number: 1, none: null })).toEqual({
      list: [`x ${VAULT_ARN} y`],
      number: 1,
      none: null,
    });
  });

  test('read an attribute that the stack gives itself', () => {
    expect(resolve('${aws_iam_role.Role.name}')).toBe('cab-backup');
  });

  test.each([
    ['${data.aws_organizations_organization.Organization.id}', 'o-abc1234567'],
    ['${data.aws_organizations_organization.Organization.roots[0].id}', 'r-abc1'],
    ['${data.aws_organizations_organization.Organization.roots.0.id}', 'r-abc1'],
    ['${data.aws_organizations_organization.Organization.master_account_id}', '999999999999'],
  ])('know %s from the config', (reference, value) => {
    expect(resolve(reference)).toBe(value);
  });

  test("give IAM's own variables back their single dollar", () => {
    const text = 'arn:aws:s3:::$${aws:username}/%%{literal}/$${aws:PrincipalTag/team}';
    expect(resolve(text)).toBe('arn:aws:s3:::${aws:username}/%{literal}/${aws:PrincipalTag/team}');
    expect(resolve('$${aws:username}')).toBe('${aws:username}');
  });

  test.each([
    '${aws_backup_vault.Elsewhere.arn}',
    '${aws_iam_role.Role.unique_id}',
    '${aws_iam_role.Role.name.first}',
    '${data.aws_caller_identity.Me.account_id}',
    '${data.aws_organizations_organization.Organization.accounts}',
    '${data.terraform_remote_state.State.outputs.unknown}',
    '${data.terraform_remote_state.Unknown.outputs.vault_arn}',
    '${jsonencode({})}',
    'x ${var.region} y',
    '%{ if true }x%{ endif }',
  ])('leave %s, which nobody can tell before the deploy', (reference) => {
    expect(resolve(reference)).toBe(reference);
  });
});

describe('prove', () => {
  test.each([
    ['local files', { backend: 'local', path: 'states' }],
    ['S3', { backend: 's3', bucket: 'states', region: 'us-east-1' }],
    ['HCP Terraform', { backend: 'hcp', organization: 'acme', hostname: 'tfe.example.com' }],
  ])('reads what stacks tell one another when their states are in %s', (_, state) => {
    const { failures, edges } = provable(
      aConfig({
        state,
        sources: {
          production: { accountId: '111111111111', regions: ['us-east-1'], plans: ['daily'], copyBack: true },
        },
      }),
    ).prove();
    expect(failures).toEqual([]);
    expect(edges.map(({ edge }) => edge)).toEqual([
      'production/us-east-1 to vault/eu-west-1',
      'vault/eu-west-1 back to production/us-east-1',
    ]);
  });

  test('stops at a condition that rests on a reference nobody can follow', () => {
    const { stacks, prove } = provable(aConfig());
    const text = JSON.stringify(stacks).replaceAll('State-management.outputs', 'State-gone.outputs');
    expect(() => prove(JSON.parse(text))).toThrow(
      /^destination-vault-eu-west-1\.Vault_AccessPolicy_\w+, AllowSourcesToCopyIn: StringEquals aws:PrincipalOrgID: unknown variable \$\{data\.terraform_remote_state\.State-gone\.outputs\.organization_id\}$/,
    );
  });

  test('takes a vault that nobody can tell for one that no plan names', () => {
    const { stacks, prove } = provable(aConfig());
    const text = JSON.stringify(stacks).replaceAll('vault-eu-west-1.outputs.vault_arn', 'vault-eu-west-1.outputs.gone');
    expect(() => prove(JSON.parse(text))).toThrow(
      'stack source-production-us-east-1 copies to ${data.terraform_remote_state.State-destination-vault-eu-west-1.outputs.gone}, as no plan says',
    );
  });
});
