import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTerraform } from '../../sandbox/tools/terraform';
import { aConfig, DESTINATION_ID } from '../support/a-config';
import { describeWhere } from '../support/describe-where';
import { type StackJson, stackOf, synthesize } from '../support/synthesize';
import { temporaryFolder } from '../support/temporary-folder';

const terraform = findTerraform();
const missing = terraform.isAvailable ? undefined : terraform.reason;
const TIMEOUT_MS = 240_000;
const STACK = 'destination-vault-eu-west-1';
const KEY_ID = '0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f';
const KEY_ARN = `arn:aws:kms:eu-west-1:${DESTINATION_ID}:key/${KEY_ID}`;
const BOUNDS = { minRetentionDays: 7, maxRetentionDays: 400 };
const LOCK = { mode: 'governance', ...BOUNDS };
const FOR_EVER = { mode: 'compliance', ...BOUNDS, changeableForDays: 14, acknowledge: 'cab-destination' };

const stackWith = (region: object) =>
  stackOf(
    synthesize(aConfig({ destinations: { vault: { accountId: DESTINATION_ID, regions: { 'eu-west-1': region } } } })),
    STACK,
  );

const folder = temporaryFolder();
const stackFolder = join(folder, 'cdktf.out', 'stacks', STACK);
const stateFolder = join(folder, 'state');

/** With a provider that asks nobody anything, so that a plan needs no account. */
const offline = (stack: StackJson) => {
  const [{ alias, region } = {}] = stack.provider.aws;
  const skipped = ['skip_credentials_validation', 'skip_metadata_api_check', 'skip_requesting_account_id'];
  const nobody = { access_key: 'nobody', secret_key: 'none' };
  return {
    ...stack,
    provider: { aws: [{ alias, region, ...nobody, ...Object.fromEntries(skipped.map((name) => [name, true])) }] },
  };
};

type Attributes = Readonly<Record<string, unknown>>;

/** What Terraform knows after a deploy, of all that holds recovery points and keeps them. */
function deployed({ resource, provider }: StackJson) {
  const aws = `provider["registry.terraform.io/hashicorp/aws"].${provider.aws[0]?.alias}`;
  const of = (type: string, by: string, attributesOf: (block: Attributes) => Attributes) =>
    Object.entries(resource[type] ?? {}).map(([name, block]) => ({
      mode: 'managed',
      type,
      name,
      provider: by,
      instances: [{ schema_version: 0, attributes: attributesOf(block) }],
    }));
  const vaultName = (reference: unknown) => {
    const id = /aws_backup_vault\.([\w-]+)\.name/.exec(String(reference))?.[1] ?? '';
    return resource.aws_backup_vault?.[id]?.name;
  };
  return [
    ...of('aws_kms_key', aws, ({ lifecycle: _, provider: __, ...given }) => ({
      ...given,
      id: KEY_ID,
      key_id: KEY_ID,
      arn: KEY_ARN,
      is_enabled: true,
      key_usage: 'ENCRYPT_DECRYPT',
      customer_master_key_spec: 'SYMMETRIC_DEFAULT',
      tags_all: given.tags,
    })),
    ...of('aws_backup_vault', aws, ({ name, tags }) => ({
      id: name,
      name,
      tags,
      tags_all: tags,
      kms_key_arn: KEY_ARN,
    })),
    ...of('aws_backup_vault_lock_configuration', aws, (lock) => ({
      id: vaultName(lock.backup_vault_name),
      backup_vault_name: vaultName(lock.backup_vault_name),
      min_retention_days: lock.min_retention_days,
      max_retention_days: lock.max_retention_days,
    })),
    ...of('terraform_data', 'provider["terraform.io/builtin/terraform"]', ({ input }) => {
      const value = { value: input, type: ['object', { mode: 'string', changeableForDays: 'number' }] };
      return { id: KEY_ID, input: value, output: value };
    }),
  ];
}

const state = (parts: object) => JSON.stringify({ version: 4, serial: 1, lineage: KEY_ID, outputs: {}, ...parts });

/** What Terraform would do to vaults, keys and locks that were deployed as the first config and are now as the second. */
async function plan(before: object, now: object, ...args: readonly string[]) {
  if (!terraform.isAvailable) throw new Error(`cannot plan: ${terraform.reason}`);
  writeFileSync(join(stateFolder, `${STACK}.tfstate`), state({ resources: deployed(stackWith(before)) }));
  writeFileSync(join(stackFolder, 'cdk.tf.json'), JSON.stringify(offline(stackWith(now))));
  const given = ['plan', '-refresh=false', '-input=false', '-no-color', ...args];
  const { output } = await terraform.run(stackFolder, given);
  const text = output.replaceAll(/[\s│╷╵]+/g, ' ').replaceAll(/_[0-9A-F]{8}\b/g, '');
  const found = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, what]) => what).sort();
  return {
    destroyed: found(/# (\S+) (?:will be destroyed|must be replaced|will be replaced)/g),
    refused: found(/Resource (\S+) has lifecycle\.prevent_destroy set/g),
    isPlanned: / Plan: \d/.test(text) && !text.includes(' Error: '),
  };
}

const VAULT = 'aws_backup_vault.Vault';
const KEY = 'aws_kms_key.Vault_Key';
const VAULT_LOCK = 'aws_backup_vault_lock_configuration.Vault_Lock';
const LOCK_KIND = 'terraform_data.Vault_LockKind';

describeWhere({ missing, what: 'terraform plan' }, 'terraform plan', () => {
  beforeAll(async () => {
    for (const one of [stackFolder, stateFolder]) mkdirSync(one, { recursive: true });
    const outputs = { organization_id: { value: 'o-abc1234567', type: 'string' } };
    writeFileSync(join(stateFolder, 'management.tfstate'), state({ outputs, resources: [] }));
    writeFileSync(join(stackFolder, 'cdk.tf.json'), JSON.stringify(offline(stackWith({}))));
    if (terraform.isAvailable) await terraform.run(stackFolder, ['init', '-input=false']);
  }, TIMEOUT_MS);

  test(
    'refuses to destroy a vault and its key, before the lock is taken off',
    async () => {
      const { refused, isPlanned } = await plan({ lock: LOCK }, { lock: LOCK }, '-destroy');
      expect({ refused, isPlanned }).toEqual({ refused: [VAULT, KEY], isPlanned: false });
    },
    TIMEOUT_MS,
  );

  test.each([
    ['a name', { names: { vault: 'another' } }],
    ['a key', { keyArn: KEY_ARN.replace('0a1b', 'ffff') }],
  ])(
    'refuses to make a vault anew for %s',
    async (_, changed) => {
      const { refused, isPlanned } = await plan({ lock: LOCK }, { lock: LOCK, ...changed });
      expect({ refused, isPlanned }).toEqual({ refused: [VAULT], isPlanned: false });
    },
    TIMEOUT_MS,
  );

  test(
    'makes a lock anew that is to be for ever',
    async () => {
      const planned = await plan({ lock: LOCK }, { lock: FOR_EVER });
      expect(planned).toEqual({ destroyed: [VAULT_LOCK], refused: [], isPlanned: true });
    },
    TIMEOUT_MS,
  );

  test(
    'destroys everything where the config no longer prevents it, without a deploy in between',
    async () => {
      const planned = await plan({ lock: LOCK }, { lock: LOCK, preventDestroy: false }, '-destroy');
      expect(planned).toEqual({ destroyed: [VAULT, VAULT_LOCK, KEY, LOCK_KIND], refused: [], isPlanned: true });
    },
    TIMEOUT_MS,
  );

  // A limit, and not a wish: what is gone from the config, nothing there can prevent.
  test(
    'destroys a generation that is taken out of the config',
    async () => {
      const planned = await plan({ generations: [{ lock: LOCK }, { lock: LOCK }] }, { generations: [{ lock: LOCK }] });
      expect(planned.refused).toEqual([]);
      expect(planned.destroyed).toContain('aws_backup_vault.Vault-2');
    },
    TIMEOUT_MS,
  );
});
