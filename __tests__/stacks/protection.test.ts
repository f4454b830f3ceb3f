import { aConfig, aConfigInput, DESTINATION_ID, MANAGEMENT_ID, SOURCE_ID } from '../support/a-config';
import { anAirGappedConfig, RESTORE_ID } from '../support/an-air-gapped-config';
import { resourceOf, resourcesOf, type StackJson, stackOf, synthesize } from '../support/synthesize';

const DESTINATION = 'destination-vault-eu-west-1';
const SOURCE = 'source-production-us-east-1';
const stack = (name: string, overrides: object = {}) => stackOf(synthesize(aConfig(overrides)), name);
const source = (fields: object) => ({ accountId: SOURCE_ID, regions: ['us-east-1'], plans: ['daily'], ...fields });
const TAGS = { 'cross-account-backup': 'protected' };

/** The types of a stack's resources that have the tag, and those of the same types that have not. */
const taggedOf = ({ resource }: StackJson) =>
  Object.entries(resource).flatMap(([type, named]) =>
    Object.values(named).flatMap(({ tags }) => (JSON.stringify(tags) === JSON.stringify(TAGS) ? [type] : [])),
  );

const targetsOf = (json: StackJson) =>
  resourcesOf(json, 'aws_organizations_policy_attachment').map(({ policy_id, target_id }) => [policy_id, target_id]);

describe('the tag that guardrails protect', () => {
  test('is on the vault of a destination and on its key', () => {
    expect(taggedOf(stack(DESTINATION)).sort()).toEqual(['aws_backup_vault', 'aws_kms_key']);
  });

  test('is on the vault of a source, on its keys and on its plans', () => {
    const sources = { production: source({ regions: { 'us-east-1': { createResourceKey: true } } }) };
    expect(taggedOf(stack(SOURCE, { sources })).sort()).toEqual([
      'aws_backup_plan',
      'aws_backup_vault',
      'aws_kms_key',
      'aws_kms_key',
    ]);
  });

  test('is there too when nothing protects it, so that guardrails can be switched on at any time', () => {
    const guardrails = { enabled: false };
    expect(taggedOf(stack(DESTINATION, { guardrails }))).toEqual(taggedOf(stack(DESTINATION)));
  });
});

describe('a plan that would destroy', () => {
  const all = anAirGappedConfig({
    destination: { key: 'own', shareWith: [RESTORE_ID] },
    source: { key: 'own' },
    rule: { targetAirGapped: true },
  });
  const { 'us-east-1': given } = all.sources.production?.regions ?? {};
  const sourceWith = (preventDestroy: boolean) => {
    const regions = { 'us-east-1': { ...given, createResourceKey: true, preventDestroy } };
    return stackOf(synthesize(aConfig({ ...all, sources: { production: source({ regions }) } })), SOURCE);
  };
  /** Types of what has such a lifecycle. */
  const typesOf = ({ resource }: StackJson, prevented: boolean) =>
    Object.entries(resource).flatMap(([type, named]) =>
      Object.values(named).flatMap(({ lifecycle }) =>
        (lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy === prevented ? [type] : [],
      ),
    );
  const KEPT = ['aws_backup_logically_air_gapped_vault', 'aws_backup_vault', ...Array(3).fill('aws_kms_key')];

  test('is refused for every vault and every key, and for nothing else', () => {
    expect(typesOf(sourceWith(true), true).sort()).toEqual(KEPT);
    expect(typesOf(stackOf(synthesize(all), DESTINATION), true).sort()).toEqual(KEPT.slice(0, -1));
    expect(typesOf(stack('management'), true)).toEqual([]);
  });

  test('is not refused in a Region that says so', () => {
    expect(typesOf(sourceWith(false), true)).toEqual([]);
    expect(typesOf(sourceWith(false), false).sort()).toEqual(KEPT);
  });

  test('is refused for each vault of several generations', () => {
    const lock = { mode: 'governance' };
    const regions = { 'eu-west-1': { generations: [{ lock }, { lock }] } };
    const json = stack(DESTINATION, { destinations: { vault: { accountId: DESTINATION_ID, regions } } });
    expect(typesOf(json, true).sort()).toEqual(['aws_backup_vault', 'aws_backup_vault', 'aws_kms_key']);
  });
});

describe('guardrails', () => {
  const POLICY = '${aws_organizations_policy.Guardrails_Policy-1_F5061CEA.id}';

  test('are a service control policy of the management stack alone, attached to each account', () => {
    const { stacks } = synthesize(aConfig());
    const ofStacks = Object.entries(stacks).flatMap(([name, json]) =>
      resourcesOf(json, 'aws_organizations_policy').map(({ name: policy, type }) => [name, policy, type]),
    );
    expect(ofStacks).toEqual([['management', 'cab-guardrails-1', 'SERVICE_CONTROL_POLICY']]);
    expect(targetsOf(stack('management'))).toEqual([
      [POLICY, SOURCE_ID],
      [POLICY, DESTINATION_ID],
    ]);
  });

  test.each([[['ou-abc1-22222222', 'ou-abc1-11111111']], [['r-abc1']]])('are attached to %j instead', (attachTo) => {
    const json = stack('management', { guardrails: { attachTo, acknowledgeRoot: 'r-abc1' } });
    expect(targetsOf(json)).toEqual(attachTo.toSorted().map((id) => [POLICY, id]));
  });

  test('are not attached to the management account when it is a source', () => {
    const management = { ...aConfigInput().management, deployRole: 'Deploy' };
    const sources = { production: source({}), own: source({ accountId: MANAGEMENT_ID, regions: ['us-east-2'] }) };
    const targets = targetsOf(stack('management', { management, sources })).map(([, id]) => id);
    expect(targets).toEqual([SOURCE_ID, DESTINATION_ID]);
  });

  test('are as many policies as they need, each attached to every target', () => {
    const accounts = Array.from({ length: 60 }, (_, index) => `${300_000_000_000 + index}`);
    const sources = Object.fromEntries(
      accounts.map((accountId, index) => [
        `s${index}`,
        source({ accountId, administrators: [`arn:aws:iam::${accountId}:role/Administrator-of-${accountId}`] }),
      ]),
    );
    const json = stack('management', { sources });
    const policies = resourcesOf(json, 'aws_organizations_policy').map(({ name }) => name);
    expect(policies).toEqual(policies.map((_, index) => `cab-guardrails-${index + 1}`));
    expect(policies.length).toBeGreaterThan(1);
    expect(targetsOf(json)).toHaveLength(policies.length * (accounts.length + 1));
  });

  test('leave no trace in the management stack when they are switched off', () => {
    const json = stack('management', { guardrails: { enabled: false } });
    expect(Object.keys(json.resource)).toEqual(['aws_backup_global_settings']);
    const [organization] = Object.values(json.data?.aws_organizations_organization ?? {});
    expect(organization?.lifecycle).toEqual({
      postcondition: [{ condition: '${self.id == "o-abc1234567"}', error_message: expect.any(String) }],
    });
  });

  test('need the type of policy to be enabled in the organization', () => {
    const [organization] = Object.values(stack('management').data?.aws_organizations_organization ?? {});
    expect(organization).toMatchObject({
      lifecycle: {
        postcondition: [
          {},
          {
            condition: '${contains(self.enabled_policy_types, "SERVICE_CONTROL_POLICY")}',
            error_message:
              'Guardrails are service control policies, and the organization has that type of policy switched off: aws organizations enable-policy-type --policy-type SERVICE_CONTROL_POLICY --root-id <root>.',
          },
        ],
      },
    });
  });

  test('change nothing in the stacks that they protect', () => {
    const { management: _, ...guarded } = synthesize(aConfig()).stacks;
    const { management: __, ...unguarded } = synthesize(aConfig({ guardrails: { enabled: false } })).stacks;
    expect(guarded).toEqual(unguarded);
  });
});

describe('denies', () => {
  const denyOf = (block: Readonly<Record<string, unknown>>, sid: string) =>
    JSON.parse(String(block.policy)).Statement.find(({ Sid }: { Sid: string }) => Sid === sid);

  test('exempt the same of a vault and of its key, but for AWS Backup itself', () => {
    const json = stack(DESTINATION, { breakGlassRoles: [`arn:aws:iam::${DESTINATION_ID}:role/Glass`] });
    const [ofVault, ofKey] = (['aws_backup_vault_policy', 'aws_kms_key'] as const).map(
      (type) => denyOf(resourceOf(json, type), 'DenyTampering').Condition.ArnNotLike['aws:PrincipalArn'],
    );
    expect(ofKey).toHaveLength(3);
    expect(ofVault).toEqual([...ofKey, expect.stringMatching(/\/AWSServiceRoleForBackup$/)]);
  });

  test('let recovery points of a source go to its destination, and of a destination back or nowhere', () => {
    const targetsOf = (name: string, copyBack: boolean) =>
      denyOf(
        resourceOf(stack(name, { sources: { production: source({ copyBack }) } }), 'aws_backup_vault_policy'),
        'DenyCopyingElsewhere',
      ).Condition?.['ForAllValues:ArnNotLike']['backup:CopyTargets'];
    expect(targetsOf(SOURCE, false)).toEqual(['arn:aws:backup:eu-west-1:222222222222:backup-vault:cab-destination']);
    expect(targetsOf(DESTINATION, false)).toBeUndefined();
    expect(targetsOf(DESTINATION, true)).toEqual(['arn:aws:backup:us-east-1:111111111111:backup-vault:cab-source']);
  });
});
