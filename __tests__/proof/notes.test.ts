import { aConfig, aPlan, DESTINATION_ID, MANAGEMENT_ID, SOURCE_ID } from '../support/a-config';
import { provable } from '../support/prove-in-memory';

const UNIT = 'o-abc1234567/r-abc1/ou-abc1-12345678/';
const AWS_POLICIES = "AWS's own policies are as of 2026-08-22; AWS changes them without notice.";
const TRUSTED = 'whoever the deploy role and the break-glass roles trust is trusted: no stack makes them.';
const KEY_ID = '0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f';

const destination = (fields: object) => ({ destinations: { vault: { accountId: DESTINATION_ID, ...fields } } });
const source = (fields: object) => ({
  sources: { production: { accountId: SOURCE_ID, regions: ['us-east-1'], plans: ['daily'], ...fields } },
});
const notes = (overrides: object = {}) => {
  const { acceptedRisks, assumptions, failures } = provable(aConfig(overrides)).prove();
  expect(failures).toEqual([]);
  return { acceptedRisks, assumptions };
};

describe('accepted risks', () => {
  test('are none where protection is left as it is', () => {
    expect(notes().acceptedRisks).toEqual([]);
  });

  test('tell by account what administrators can do without guardrails', () => {
    expect(notes({ guardrails: { enabled: false } }).acceptedRisks).toEqual([
      `an administrator of destination vault (${DESTINATION_ID}), without guardrails, can open a recovery point to others; retire a grant of AWS Backup; change settings, holds or jobs; take the protecting tag away; delete or share a snapshot past AWS Backup; change or make an exempted role; give the account up, and as that role everything else.`,
      `an administrator of source production (${SOURCE_ID}), without guardrails, can open a recovery point to others; retire a grant of AWS Backup; stop or narrow a plan; change settings, holds or jobs; take the protecting tag away; delete or share a snapshot past AWS Backup; change or make an exempted role; give the account up, and as that role everything else.`,
    ]);
  });

  test('tell what guardrails never bind, where the management account itself is backed up', () => {
    expect(
      notes(
        source({
          accountId: MANAGEMENT_ID,
          deployRole: null,
          administrators: [`arn:aws:iam::${MANAGEMENT_ID}:role/Me`],
        }),
      ).acceptedRisks,
    ).toEqual([
      `an administrator of source production (${MANAGEMENT_ID}), which no guardrail ever binds, can open a recovery point to others; retire a grant of AWS Backup; stop or narrow a plan; change settings, holds or jobs; take the protecting tag away; delete or share a snapshot past AWS Backup; change or make an exempted role, and as that role everything else.`,
    ]);
  });

  test('tell of a destination without a lock, and not of a source, which has none by default', () => {
    expect(notes(destination({ regions: { 'eu-west-1': { lock: { mode: 'none' } } } })).acceptedRisks).toEqual([
      'vault/eu-west-1 has no vault lock: the deploy role can delete copies at once.',
    ]);
  });

  test('tell of a Region that Terraform may destroy, and of no other', () => {
    const regions = { 'eu-west-1': { preventDestroy: false }, 'eu-west-2': null };
    expect(notes(destination({ regions })).acceptedRisks).toEqual([
      'Terraform may destroy or replace the vaults and keys of vault/eu-west-1, and takes lock and policy off first (preventDestroy: false).',
    ]);
  });

  test('tell of a vault that every account of the organization may copy into', () => {
    expect(notes(destination({ regions: ['eu-west-1'], vaultAccess: 'organization' })).acceptedRisks).toEqual([
      'every account of the organization may copy into vault/eu-west-1 with a role named like a backup role.',
    ]);
  });

  test('tell of keys that let destinations do more than is known to be needed', () => {
    expect(notes(source({ regions: { 'us-east-1': { keyPolicy: 'compat' } } })).acceptedRisks).toEqual([
      'the keys of production/us-east-1 let AWS Backup of the destinations do more than a copy is known to need (keyPolicy: compat).',
    ]);
  });
});

describe('assumptions', () => {
  test("name the day AWS's own policies were read, and the key of resources that nobody named", () => {
    expect(notes().assumptions).toEqual([
      AWS_POLICIES,
      'production/us-east-1: the policy of 1 key of others says what cdktf.out/key-policies has for them.',
      TRUSTED,
    ]);
  });

  test('are that day alone where the stacks make every key', () => {
    expect(notes(source({ regions: { 'us-east-1': { createResourceKey: true } } })).assumptions).toEqual([
      AWS_POLICIES,
      TRUSTED,
    ]);
  });

  test('count the keys of a site that exist already, of its vault and of its resources', () => {
    const existing = {
      ...destination({ regions: { 'eu-west-1': { keyArn: `arn:aws:kms:eu-west-1:${DESTINATION_ID}:key/${KEY_ID}` } } }),
      ...source({
        regions: {
          'us-east-1': {
            keyArn: `arn:aws:kms:us-east-1:${SOURCE_ID}:key/${KEY_ID}`,
            resourceKeys: ['1', '2'].map(
              (end) => `arn:aws:kms:us-east-1:${SOURCE_ID}:key/${KEY_ID.slice(0, -1)}${end}`,
            ),
          },
        },
      }),
    };
    expect(notes(existing).assumptions).toEqual([
      AWS_POLICIES,
      'vault/eu-west-1: the policy of 1 key of others says what cdktf.out/key-policies has for them.',
      'production/us-east-1: the policies of 3 keys of others say what cdktf.out/key-policies has for them.',
      TRUSTED,
    ]);
  });

  test('name a vault that the config does not make, once however many copy there', () => {
    const theirs = 'arn:aws:backup:eu-west-3:444444444444:backup-vault:theirs';
    const rules = [
      {
        name: 'daily-kept-35-days',
        schedule: 'cron(0 3 ? * * *)',
        deleteAfterDays: 35,
        copies: [{ to: theirs, deleteAfterDays: 90 }],
      },
    ];
    const made = source({
      regions: { 'us-east-1': { createResourceKey: true }, 'us-east-2': { createResourceKey: true } },
    });
    expect(notes({ plans: { daily: aPlan({ rules }) }, ...made }).assumptions).toEqual([
      AWS_POLICIES,
      TRUSTED,
      `${theirs} has the policy that cdktf.out/policies holds for it, and a key that its account may use.`,
    ]);
  });

  test('name a source whose unit nobody tells, where its destination lets in by unit', () => {
    const byUnit = destination({ regions: ['eu-west-1'], vaultAccess: { ouPaths: [UNIT] } });
    const made = { regions: { 'us-east-1': { createResourceKey: true }, 'us-east-2': { createResourceKey: true } } };
    expect(notes({ ...byUnit, ...source(made) }).assumptions).toEqual([
      AWS_POLICIES,
      TRUSTED,
      'source production is in a unit that its destinations admit; give it an ouPath to have it checked.',
    ]);
    expect(notes({ ...byUnit, ...source({ ...made, ouPath: UNIT }) }).assumptions).toEqual([AWS_POLICIES, TRUSTED]);
  });
});
