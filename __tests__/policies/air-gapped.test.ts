import {
  airGappedDestinationKeyPolicy,
  airGappedDestinationPolicy,
  airGappedSourceKeyPolicy,
} from '../../lib/policies/air-gapped-policies';
import { guardrailPolicies } from '../../lib/policies/guardrails';
import { keyProtection } from '../../lib/policies/key-protection';
import {
  closedSourcePolicy,
  destinationAccessPolicy,
  retiredDestinationPolicy,
} from '../../lib/policies/site-policies';
import { vaultProtection } from '../../lib/policies/vault-protection';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import type { Topology } from '../../lib/topology/topology';
import { aConfig, DESTINATION_ID, SOURCE_ID } from '../support/a-config';
import { anAirGappedConfig, RESTORE_ID } from '../support/an-air-gapped-config';

const ORGANIZATION = 'o-abc1234567';
const root = (accountId: string) => `arn:aws:iam::${accountId}:root`;
const BACKUP_ROLE = 'arn:aws:iam::*:role/cab-backup-us-east-1';
const SERVICE_LINKED = 'arn:aws:iam::*:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup';
const SOURCE_VAULT = `arn:aws:backup:us-east-1:${SOURCE_ID}:backup-vault:cab-source`;
const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const ACCOUNT = (accountId: string) => ({
  Sid: 'AllowAccountAdministration',
  Effect: 'Allow',
  Principal: { AWS: root(accountId) },
  Action: 'kms:*',
  Resource: '*',
});

function sitesOf({ destinations: [destination], sources: [source] }: Topology) {
  if (!destination || !source) throw new Error('the config has a destination and a source');
  return { destination, source };
}
const sites = (given: Parameters<typeof anAirGappedConfig>[0]) => sitesOf(resolveTopology(anAirGappedConfig(given)));

/** Both statements of whoever uses a key. */
const use = (sid: string, accountId: string, condition: object) => {
  const Condition = { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION }, ...condition };
  const statement = { Effect: 'Allow', Principal: { AWS: [root(accountId)] }, Resource: '*' };
  return [
    { Sid: `Allow${sid}`, ...statement, Action: USE, Condition },
    {
      Sid: `Allow${sid}ByGrants`,
      ...statement,
      Action: 'kms:CreateGrant',
      Condition: { ...Condition, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
};

describe('the policy of an air-gapped vault', () => {
  test('of a destination lets the sources that copy there in, and nothing out but back', () => {
    const { destination } = sites({ copyBack: true });
    const { airGapped } = destination;
    if (!airGapped) throw new Error('the destination has an air-gapped vault');
    expect(airGappedDestinationPolicy(destination, airGapped, ORGANIZATION)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AllowSourcesToCopyIn',
          Effect: 'Allow',
          Principal: { AWS: [root(SOURCE_ID)] },
          Action: 'backup:CopyIntoBackupVault',
          Resource: '*',
          Condition: {
            StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION },
            ArnLike: { 'aws:PrincipalArn': [BACKUP_ROLE] },
          },
        },
        ...vaultProtection(destination, [SOURCE_VAULT]),
      ],
    });
    // Nothing is copied to the vault beside it.
    expect(destinationAccessPolicy(destination, ORGANIZATION)).toEqual(retiredDestinationPolicy(destination));
  });

  test('of a source lets nobody in, and copies out where its plans copy to', () => {
    const { source } = sites({ source: {}, rule: { targetAirGapped: true }, copyBack: true });
    expect(closedSourcePolicy(source)).toEqual({
      Version: '2012-10-17',
      Statement: vaultProtection(source, [
        `arn:aws:backup:eu-west-1:${DESTINATION_ID}:backup-vault:cab-destination-air-gapped`,
        `arn:aws:backup:us-east-1:${SOURCE_ID}:backup-vault:cab-source-air-gapped`,
      ]),
    });
  });
});

describe('the policy of a retired vault', () => {
  test('keeps its denies and lets nobody in', () => {
    const generations = [{ lock: { mode: 'none' } }, { lock: { mode: 'none' } }];
    const { destination } = sitesOf(
      resolveTopology(
        aConfig({
          destinations: { vault: { accountId: DESTINATION_ID, regions: { 'eu-west-1': { generations } } } },
          sources: { production: { accountId: SOURCE_ID, regions: ['us-east-1'], plans: ['daily'], copyBack: true } },
        }),
      ),
    );
    expect(retiredDestinationPolicy(destination)).toEqual({
      Version: '2012-10-17',
      Statement: vaultProtection(destination, [SOURCE_VAULT]),
    });
  });
});

describe('the policy of the key of an air-gapped vault', () => {
  const keyOf = (given: Parameters<typeof anAirGappedConfig>[0]) => {
    const { destination } = sites(given);
    if (!destination.airGapped) throw new Error('the destination has an air-gapped vault');
    return { destination, policy: airGappedDestinationKeyPolicy(destination, destination.airGapped, ORGANIZATION) };
  };

  test('lets the backup roles of the sources use it, by AWS Backup alone', () => {
    const { destination, policy } = keyOf({ destination: { key: 'own' } });
    expect(policy.Statement).toEqual([
      ACCOUNT(DESTINATION_ID),
      ...use('SourcesToCopyIn', SOURCE_ID, {
        ArnLike: { 'aws:PrincipalArn': [BACKUP_ROLE] },
        StringLike: { 'kms:ViaService': 'backup.*.amazonaws.com' },
      }),
      ...keyProtection(destination.exemptions),
    ]);
  });

  test('lets those in besides that take copies back, and that restore', () => {
    const { destination, policy } = keyOf({
      destination: { key: 'own', shareWith: [RESTORE_ID] },
      copyBack: true,
      to: ['vault/eu-west-1'],
    });
    expect(policy.Statement).toEqual([
      ACCOUNT(DESTINATION_ID),
      ...use('BackupOfOtherAccountsToCopyOut', SOURCE_ID, { ArnLike: { 'aws:PrincipalArn': SERVICE_LINKED } }),
      ...use('AccountsToRestore', RESTORE_ID, {}),
      ...keyProtection(destination.exemptions),
    ]);
  });

  test('of a source lets the accounts that keep copies read it', () => {
    const { source } = sites({ source: { key: 'own', shareWith: [RESTORE_ID] }, rule: { targetAirGapped: true } });
    expect(airGappedSourceKeyPolicy(source, ORGANIZATION).Statement).toEqual([
      ACCOUNT(SOURCE_ID),
      ...use('BackupOfOtherAccountsToCopyOut', DESTINATION_ID, { ArnLike: { 'aws:PrincipalArn': SERVICE_LINKED } }),
      ...use('AccountsToRestore', RESTORE_ID, {}),
      ...keyProtection(source.exemptions),
    ]);
    const alone = sites({ source: { key: 'own' }, rule: { targetAirGapped: true }, to: [] }).source;
    expect(airGappedSourceKeyPolicy(alone, ORGANIZATION).Statement).toEqual([
      ACCOUNT(SOURCE_ID),
      ...keyProtection(alone.exemptions),
    ]);
  });
});

describe('guardrails', () => {
  const statementsOf = ({ guardrails }: Topology) =>
    guardrails ? guardrailPolicies(guardrails).flatMap(({ Statement }) => Statement) : [];
  const withVault = statementsOf(resolveTopology(anAirGappedConfig()));
  const without = statementsOf(resolveTopology(aConfig()));
  const bySid = (statements: typeof withVault, sid: string) => statements.find(({ Sid }) => Sid === sid);
  const exempt = {
    ArnNotLike: {
      'aws:PrincipalArn': ['arn:aws:iam::*:role/OrganizationAccountAccessRole', 'arn:aws:iam::*:role/stacksets-exec-*'],
    },
  };

  test('keep others from sharing vaults, and from changing who has a share', () => {
    expect(bySid(withVault, 'DenySharingVaults')).toEqual({
      Sid: 'DenySharingVaults',
      Effect: 'Deny',
      Action: ['ram:CreateResourceShare', 'ram:AssociateResourceShare'],
      Resource: '*',
      Condition: { StringEquals: { 'ram:RequestedResourceType': 'backup:backup-vault' }, ...exempt },
    });
    expect(bySid(withVault, 'DenyChangingVaultShares')).toEqual({
      Sid: 'DenyChangingVaultShares',
      Effect: 'Deny',
      Action: [
        'ram:AssociateResourceShare',
        'ram:DisassociateResourceShare',
        'ram:UpdateResourceShare',
        'ram:DeleteResourceShare',
      ],
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/cross-account-backup': 'protected' }, ...exempt },
    });
  });

  test('guard the tag of a share, and what AWS RAM does to a vault', () => {
    expect(bySid(withVault, 'DenyChangingProtection')?.Action).toEqual([
      'backup:TagResource',
      'backup:UntagResource',
      'kms:TagResource',
      'kms:UntagResource',
      'ram:TagResource',
      'ram:UntagResource',
    ]);
    expect(bySid(withVault, 'DenyTamperingWithVaults')?.Action).toEqual(
      expect.arrayContaining(['backup:PutBackupVaultSharingPolicy', 'backup:DeleteBackupVaultSharingPolicy']),
    );
  });

  test('say nothing of shares where no vault can be shared', () => {
    expect(JSON.stringify(without)).not.toMatch(/ram:|SharingPolicy/);
    expect(without.map(({ Sid }) => Sid)).toEqual(
      withVault.map(({ Sid }) => Sid).filter((sid) => !['DenySharingVaults', 'DenyChangingVaultShares'].includes(sid)),
    );
  });
});
