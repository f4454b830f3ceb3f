import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDER_WITH } from '../../lib/aws/provider-releases';
import { findTerraform } from '../../sandbox/tools/terraform';
import { anAirGappedConfig, RESTORE_ID } from '../support/an-air-gapped-config';
import { resourceOf, type StackJson, stackOf, synthesize } from '../support/synthesize';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const TIMEOUT_MS = 240_000;

/** All that the stacks can hold which the usual provider does not know. */
const synthesized = synthesize(
  anAirGappedConfig({
    destination: { key: 'own', shareWith: [RESTORE_ID] },
    source: { key: 'own' },
    rule: { targetAirGapped: true, scan: 'full' },
    copyBack: true,
  }),
);
const STACKS = ['destination-vault-eu-west-1', 'source-production-us-east-1'].map((name) => ({
  name,
  json: stackOf(synthesized, name),
}));
const [destination, source] = STACKS.map(({ json }) => json) as [StackJson, StackJson];

function written(name: string, json: object): string {
  const stackFolder = join(folder, name);
  mkdirSync(stackFolder, { recursive: true });
  writeFileSync(join(stackFolder, 'cdk.tf.json'), JSON.stringify(json));
  return stackFolder;
}

/** What the usual provider does not know. */
const UNKNOWN = ['encryption_key_arn', 'target_logically_air_gapped_backup_vault_arn', 'scan_action', 'scan_setting'];

const newer = findTerraform(`>= ${PROVIDER_WITH.malwareScan}, < 7.0.0`);
const usual = findTerraform('5.100.0');
// Not even CI must have a newer provider: nothing that is needed by default depends on it.
if (!newer.isAvailable) {
  console.warn(
    `SKIPPED terraform validate with a provider from ${PROVIDER_WITH.malwareScan}, so ${UNKNOWN.join(', ')} are not validated here: ${newer.reason}`,
  );
}

// Not among the tests at all where there is no such provider: CI skips nothing that it could run.
if (newer.isAvailable)
  describe('terraform validate with a newer provider', () => {
    test.concurrent.each(STACKS)(
      'accepts $name',
      async ({ name, json }) => {
        expect(await newer.validate(written(`newer-${name}`, json))).toBe('');
      },
      TIMEOUT_MS,
    );
  });

/** A stack without what only a newer provider knows. */
function withoutNewer(json: StackJson): object {
  const bounded = structuredClone(json) as StackJson & { terraform: { required_providers: { aws: object } } };
  Object.assign(bounded.terraform.required_providers.aws, { version: '5.100.0' });
  return JSON.parse(JSON.stringify(bounded, (key, value) => (UNKNOWN.includes(key) ? undefined : value)));
}

(usual.isAvailable ? describe : describe.skip)('terraform validate with the usual provider', () => {
  const validate = async (stackFolder: string) => {
    if (!usual.isAvailable) throw new Error(usual.reason);
    return usual.validate(stackFolder);
  };

  test.concurrent.each(STACKS)(
    'accepts all of $name but what it does not know',
    async ({ name, json }) => expect(await validate(written(`usual-${name}`, withoutNewer(json)))).toBe(''),
    TIMEOUT_MS,
  );

  test.concurrent.each([
    { stack: STACKS[0], argument: 'encryption_key_arn' },
    { stack: STACKS[1], argument: 'target_logically_air_gapped_backup_vault_arn' },
    { stack: STACKS[1], argument: 'scan_action' },
    { stack: STACKS[1], argument: 'scan_setting' },
  ])(
    'does not know $argument, or the stack need not ask for a newer one',
    async ({ stack, argument }) => {
      const json = structuredClone(stack?.json) as StackJson;
      Object.assign(json.terraform.required_providers.aws ?? {}, { version: '5.100.0' });
      expect(await validate(written(`unknown-${argument}`, json))).toContain(argument);
    },
    TIMEOUT_MS,
  );
});

describe('what needs a newer provider', () => {
  const versionOf = ({ terraform }: StackJson) => terraform.required_providers.aws?.version;

  test('is asked for by the stacks that have it', () => {
    expect([destination, source].map(versionOf)).toEqual(['>= 6.22.0, < 7.0.0', '>= 6.25.0, < 7.0.0']);
    expect(versionOf(stackOf(synthesized, 'management'))).toBe('>= 5.100.0, < 7.0.0');
  });

  test('is spelled as the bindings of 6.25.0 have it', () => {
    for (const stack of [destination, source]) {
      const vault = resourceOf(stack, 'aws_backup_logically_air_gapped_vault');
      expect(vault.encryption_key_arn).toMatch(/^\$\{aws_kms_key\.AirGappedVault_Key_\w+\.arn\}$/);
    }
    expect(resourceOf(source, 'aws_backup_plan')).toMatchObject({
      scan_setting: [
        {
          malware_scanner: 'GUARDDUTY',
          resource_types: ['ALL'],
          scanner_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.ScannerRole_\w+\.arn\}$/),
        },
      ],
      rule: [{ scan_action: [{ malware_scanner: 'GUARDDUTY', scan_mode: 'FULL_SCAN' }] }],
    });
    expect(resourceOf(source, 'aws_backup_plan').rule).toMatchObject([
      {
        target_logically_air_gapped_backup_vault_arn: expect.stringMatching(
          /^\$\{aws_backup_logically_air_gapped_vault\.AirGappedVault_\w+\.arn\}$/,
        ),
        target_vault_name: expect.stringMatching(/^\$\{aws_backup_vault\.Vault_\w+\.name\}$/),
      },
    ]);
  });
});
