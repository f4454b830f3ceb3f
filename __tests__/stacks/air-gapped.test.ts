import { anAirGappedConfig, RESTORE_ID } from '../support/an-air-gapped-config';
import { resourceOf, resourcesOf, type StackJson, stackOf, synthesize } from '../support/synthesize';

type Given = Parameters<typeof anAirGappedConfig>[0];
const stacksOf = (given?: Given) => {
  const synthesized = synthesize(anAirGappedConfig(given));
  return {
    management: stackOf(synthesized, 'management'),
    destination: stackOf(synthesized, 'destination-vault-eu-west-1'),
    source: stackOf(synthesized, 'source-production-us-east-1'),
  };
};
const TAGS = { 'cross-account-backup': 'protected' };
const providerOf = ({ terraform }: StackJson) => terraform.required_providers.aws?.version;
const idOf = ({ resource }: StackJson, type: string) => Object.keys(resource[type] ?? {})[0];
const refusals = ({ data }: StackJson) => JSON.stringify(data?.aws_organizations_organization);

describe('a destination with an air-gapped vault', () => {
  const { destination, source, management } = stacksOf({ destination: { shareWith: [RESTORE_ID, '555555555555'] } });
  const vault = `aws_backup_logically_air_gapped_vault.${idOf(destination, 'aws_backup_logically_air_gapped_vault')}`;

  test('makes it with its bounds, under a key of AWS', () => {
    const made = resourceOf(destination, 'aws_backup_logically_air_gapped_vault');
    expect(made).toMatchObject({
      name: 'cab-destination-air-gapped',
      min_retention_days: 7,
      max_retention_days: 365,
      tags: TAGS,
    });
    expect(made).not.toHaveProperty('encryption_key_arn');
    expect(resourcesOf(destination, 'aws_kms_key')).toHaveLength(1);
  });

  test('attaches its policy', () => {
    const [, policy] = Object.entries(destination.resource.aws_backup_vault_policy ?? {})
      .filter(([id]) => id.startsWith('AirGappedVault'))
      .flat() as [string, Readonly<Record<string, unknown>>];
    expect(policy.backup_vault_name).toBe(`\${${vault}.name}`);
    expect(String(policy.policy)).toContain('"AllowSourcesToCopyIn"');
  });

  test('shares it with each restore account and nobody outside the organization', () => {
    expect(resourceOf(destination, 'aws_ram_resource_share')).toMatchObject({
      name: 'cab-destination-air-gapped',
      allow_external_principals: false,
      tags: TAGS,
    });
    const share = `\${aws_ram_resource_share.${idOf(destination, 'aws_ram_resource_share')}.arn}`;
    expect(resourceOf(destination, 'aws_ram_resource_association')).toMatchObject({
      resource_arn: `\${${vault}.arn}`,
      resource_share_arn: share,
    });
    const principals = resourcesOf(destination, 'aws_ram_principal_association');
    expect(principals).toMatchObject([
      { principal: RESTORE_ID, resource_share_arn: share },
      { principal: '555555555555', resource_share_arn: share },
    ]);
    expect(Object.keys(destination.resource.aws_ram_principal_association ?? {})[0]).toMatch(
      /^AirGappedVault_SharedWith-444444444444_/,
    );
  });

  test('stops the apply of the management account while RAM may not share', () => {
    expect(refusals(management)).toContain('aws ram enable-sharing-with-aws-organization');
    expect(refusals(stacksOf().management)).not.toContain('aws ram');
  });

  test('tells the sources where it is, and they copy there', () => {
    expect(destination.output.air_gapped_vault_arn?.value).toBe(`\${${vault}.arn}`);
    expect(destination.output.air_gapped_vault_name?.value).toBe(`\${${vault}.name}`);
    expect(destination.output).not.toHaveProperty('air_gapped_key_arn');
    expect(resourceOf(source, 'aws_backup_plan').rule).toMatchObject([
      {
        copy_action: [
          {
            destination_vault_arn:
              '${data.terraform_remote_state.State-destination-vault-eu-west-1.outputs.air_gapped_vault_arn}',
            lifecycle: { delete_after: 90 },
          },
        ],
      },
    ]);
  });

  test('is shared with nobody unless the config says so', () => {
    const types = Object.keys(stacksOf().destination.resource);
    expect(types.filter((type) => type.startsWith('aws_ram'))).toEqual([]);
  });

  test('runs on the usual providers', () => {
    expect([destination, source, management].map(providerOf)).toEqual(Array(3).fill('>= 5.100.0, < 7.0.0'));
  });
});

describe('a key of its own for an air-gapped vault', () => {
  const { destination, source, management } = stacksOf({ destination: { key: 'own' } });

  test('is made beside it, guarded like the others', () => {
    const [id] = Object.keys(destination.resource.aws_kms_key ?? {}).filter((each) => each.startsWith('AirGapped'));
    expect(resourceOf(destination, 'aws_backup_logically_air_gapped_vault').encryption_key_arn).toBe(
      `\${aws_kms_key.${id}.arn}`,
    );
    expect(destination.resource.aws_kms_key?.[id ?? '']).toMatchObject({ tags: TAGS, enable_key_rotation: true });
    expect(resourcesOf(destination, 'aws_kms_alias')).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'alias/cab-destination-air-gapped' })]),
    );
    expect(destination.output.air_gapped_key_arn?.value).toBe(`\${aws_kms_key.${id}.arn}`);
  });

  test('raises the provider of its stack alone', () => {
    expect(providerOf(destination)).toBe('>= 6.22.0, < 7.0.0');
    expect([source, management].map(providerOf)).toEqual(Array(2).fill('>= 5.100.0, < 7.0.0'));
  });
});

describe('a rule that targets the air-gapped vault of its source', () => {
  const primary = { rule: { targetAirGapped: true } };
  const { source, destination, management } = stacksOf({ source: {}, ...primary });

  test('names it beside the vault that AWS asks for', () => {
    const id = idOf(source, 'aws_backup_logically_air_gapped_vault');
    expect(resourceOf(source, 'aws_backup_plan').rule).toMatchObject([
      {
        target_vault_name: expect.stringContaining('aws_backup_vault.Vault_'),
        target_logically_air_gapped_backup_vault_arn: `\${aws_backup_logically_air_gapped_vault.${id}.arn}`,
      },
    ]);
    expect(source.output.air_gapped_vault_arn?.value).toBe(`\${aws_backup_logically_air_gapped_vault.${id}.arn}`);
  });

  test('raises the provider of its stack alone, above what a key asks for', () => {
    expect(providerOf(source)).toBe('>= 6.24.0, < 7.0.0');
    expect([destination, management].map(providerOf)).toEqual(Array(2).fill('>= 5.100.0, < 7.0.0'));
    expect(providerOf(stacksOf({ source: { key: 'own' }, ...primary }).source)).toBe('>= 6.24.0, < 7.0.0');
    expect(providerOf(stacksOf({ source: {} }).source)).toBe('>= 5.100.0, < 7.0.0');
  });
});
