import { aConfig, DESTINATION_ID, SOURCE_ID } from '../support/a-config';
import { resourceOf, type StackJson, stackOf, synthesize } from '../support/synthesize';

const LOCK = { mode: 'governance', minRetentionDays: 7, maxRetentionDays: 400 };
const NEXT = { mode: 'governance', minRetentionDays: 30, maxRetentionDays: 400 };
const stacksOf = (destination: object, source: object = {}) =>
  synthesize(
    aConfig({
      destinations: { vault: { accountId: DESTINATION_ID, regions: { 'eu-west-1': destination } } },
      sources: {
        production: { accountId: SOURCE_ID, regions: { 'us-east-1': source }, plans: ['daily'], copyBack: true },
      },
    }),
  );
const DESTINATION = 'destination-vault-eu-west-1';
const destinationOf = (given: object) => stackOf(stacksOf(given), DESTINATION);
const addressesOf = ({ resource }: StackJson) =>
  Object.entries(resource).flatMap(([type, ofType]) => Object.keys(ofType).map((id) => `${type}.${id}`));
const at = ({ resource }: StackJson, address: string) => {
  const [type = '', id = ''] = address.split('.');
  return resource[type]?.[id];
};

describe('a second generation of a vault', () => {
  const before = destinationOf({ lock: LOCK });
  const after = destinationOf({ generations: [{ lock: LOCK }, { lock: NEXT }] });

  test('changes nothing of what was there but the policy of the first vault', () => {
    const changed = addressesOf(before).filter(
      (address) => JSON.stringify(at(before, address)) !== JSON.stringify(at(after, address)),
    );
    expect(changed).toEqual([expect.stringMatching(/^aws_backup_vault_policy\.Vault_AccessPolicy_\w+$/)]);
  });

  test('adds a vault under the same key, with a lock and a policy of its own', () => {
    const added = addressesOf(after).filter((address) => at(before, address) === undefined);
    expect(added.map((address) => address.replace(/_[0-9A-F]{8}$/, ''))).toEqual([
      'aws_backup_vault.Vault-2',
      'aws_backup_vault_lock_configuration.Vault-2_Lock',
      'aws_backup_vault_policy.Vault-2_AccessPolicy',
      'terraform_data.Vault-2_LockKind',
    ]);
    const [keyAddress] = Object.keys(after.resource.aws_kms_key ?? {});
    expect(at(after, added[0] ?? '')).toMatchObject({
      name: 'cab-destination-2',
      kms_key_arn: `\${aws_kms_key.${keyAddress}.arn}`,
      tags: { 'cross-account-backup': 'protected' },
    });
    expect(at(after, added[1] ?? '')).toMatchObject({ min_retention_days: 30, max_retention_days: 400 });
  });

  test('is the one that lets sources in', () => {
    const sidsOf = (id: string) =>
      Object.entries(after.resource.aws_backup_vault_policy ?? {})
        .filter(([address]) => address.startsWith(`${id}_AccessPolicy`))
        .flatMap(([, { policy }]) => JSON.parse(String(policy)).Statement.map(({ Sid }: { Sid: string }) => Sid));
    expect(sidsOf('Vault')).toEqual(['DenyTampering', 'DenyCopyingElsewhere']);
    expect(sidsOf('Vault-2')).toEqual(['AllowSourcesToCopyIn', 'DenyTampering', 'DenyCopyingElsewhere']);
  });

  test('is what the stack tells others of, with the ARNs of those before it', () => {
    const idOf = (name: string) =>
      Object.keys(after.resource.aws_backup_vault ?? {}).find((id) => id.replace(/_\w{8}$/, '') === name);
    expect(after.output.vault_arn?.value).toBe(`\${aws_backup_vault.${idOf('Vault-2')}.arn}`);
    expect(after.output.vault_name?.value).toBe(`\${aws_backup_vault.${idOf('Vault-2')}.name}`);
    expect(after.output.retired_vault_arns?.value).toEqual([`\${aws_backup_vault.${idOf('Vault')}.arn}`]);
    expect(before.output).not.toHaveProperty('retired_vault_arns');
  });

  test('leaves an only generation as a lock alone makes it', () => {
    expect(destinationOf({ generations: [{ lock: LOCK }] })).toEqual(before);
  });

  test('of a source is where its plans back up to', () => {
    const source = stackOf(
      stacksOf({}, { generations: [{ lock: LOCK }, { lock: NEXT }] }),
      'source-production-us-east-1',
    );
    expect(resourceOf(source, 'aws_backup_plan').rule).toMatchObject([
      { target_vault_name: expect.stringContaining('aws_backup_vault.Vault-2') },
    ]);
    expect(source.output.retired_vault_arns?.value).toHaveLength(1);
  });
});
