import type { AccessRequest, Caller } from '../../lib/iam/request';
import { OTHER, OWN, ROLE, ROOT, SERVICE, USER } from './a-request';

export type Values = readonly string[];

/** A condition key, what requests carry for it, and what policies ask of it. */
export interface Key {
  readonly name: string;
  readonly type: 'text' | 'arn' | 'number' | 'date' | 'bool' | 'ip';
  readonly isMultivalued?: true;
  readonly given: Values;
  readonly asked: Values;
}

/** An action with a resource, as iam-data knows them, and the condition keys that AWS lists for both. */
export interface Subject {
  readonly action: string;
  /** Below the account, or `*` for an action without resources. */
  readonly resourceOf: (accountId: string) => string;
  /** Keys and roles always have a policy; others may. */
  readonly hasPolicy: 'always' | 'maybe';
  readonly keys: readonly Key[];
}

export const CALLERS: readonly Caller[] = [
  ROLE,
  ROLE,
  USER,
  ROOT,
  SERVICE,
  { kind: 'role', id: `arn:aws:iam::${OTHER}:role/restore`, accountId: OTHER },
];

const TEXTS = ['Team', 'Cost', 'blue', 'red'];
const VARIABLES = ['${aws:PrincipalTag/Team}', "${aws:PrincipalTag/Team, 'red'}", '${aws:username}', 'a${*}'];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export const GLOBAL_KEYS: readonly Key[] = [
  { name: 'aws:PrincipalOrgID', type: 'text', given: ['o-a', 'o-b'], asked: ['o-a', 'o-?', 'O-A'] },
  { name: 'aws:PrincipalTag/Team', type: 'text', given: ['blue', 'red'], asked: ['blue', 'b*', 'RED', ...VARIABLES] },
  {
    name: 'aws:PrincipalOrgPaths',
    type: 'text',
    isMultivalued: true,
    given: ['o-a/r/1/', 'o-a/r/2/'],
    asked: ['o-a/r/1/*', 'o-a/*', 'o-b/*'],
  },
  {
    name: 'aws:TagKeys',
    type: 'text',
    isMultivalued: true,
    given: [...TEXTS, ''],
    asked: [...TEXTS, 'T*', ...VARIABLES],
  },
  {
    name: 'aws:SourceArn',
    type: 'arn',
    given: [`arn:aws:sns:us-east-1:${OWN}:t`, 'arn:aws:s3:::b:c/d'],
    asked: [`arn:aws:sns:*:${OWN}:*`, 'arn:aws:s3:::b*', 'arn:*:*:*:*:?', 'arn:aws:sns:*:${aws:PrincipalAccount}:t'],
  },
  {
    name: 'aws:PrincipalArn',
    type: 'arn',
    given: [],
    asked: [ROLE.id, 'arn:aws:iam::*:role/*', `arn:aws:iam::${OTHER}:*`, 'arn:aws:iam::*:role/service/b?ckup'],
  },
  { name: 'aws:PrincipalAccount', type: 'text', given: [], asked: [OWN, OTHER, '1*'] },
  { name: 'aws:username', type: 'text', given: ['ann'], asked: ['ann', 'b*', '${aws:PrincipalTag/Team}'] },
  {
    name: 'aws:SourceIp',
    type: 'ip',
    given: ['10.0.0.1', '192.168.1.7', '2001:db8::1'],
    asked: ['10.0.0.0/8', '192.168.1.7', '192.168.1.8/31', '2001:db8::/32'],
  },
  {
    name: 'aws:CurrentTime',
    type: 'date',
    given: ['2026-01-01T00:00:00Z', '2026-06-01T12:00:00Z'],
    asked: ['2026-01-01T00:00:00Z', '2026-03-01', '2026-06-01T13:00:00+01:00'],
  },
  {
    name: 'aws:EpochTime',
    type: 'date',
    given: ['1767225600'],
    asked: ['1767225600', '1767225601', '2026-01-01T00:00:00Z'],
  },
  { name: 'aws:MultiFactorAuthAge', type: 'number', given: ['10', '3600'], asked: ['10', '3600', '100.5', '-1'] },
  { name: 'aws:SecureTransport', type: 'bool', given: ['true', 'false'], asked: ['true', 'false', 'True'] },
];

const RESOURCE_TEAM: Key = {
  name: 'aws:ResourceTag/Team',
  type: 'text',
  given: ['blue', 'red'],
  asked: ['blue', '?ed', ...VARIABLES],
};

const VIA: Key = {
  name: 'kms:ViaService',
  type: 'text',
  given: ['ec2.us-east-1.amazonaws.com', 'backup.us-east-1.amazonaws.com'],
  asked: ['ec2.*.amazonaws.com', 'backup.us-east-?.amazonaws.com', 'ec2.us-east-1.amazonaws.com'],
};

const FOR_AWS: Key = {
  name: 'kms:GrantIsForAWSResource',
  type: 'bool',
  given: ['true', 'false'],
  asked: ['true', 'false'],
};

const TARGETS: Key = {
  name: 'backup:CopyTargets',
  type: 'arn',
  isMultivalued: true,
  given: [`arn:aws:backup:eu-west-1:${OTHER}:backup-vault:v`, `arn:aws:backup:us-east-1:${OWN}:backup-vault:w`],
  asked: [
    `arn:aws:backup:*:${OTHER}:backup-vault:*`,
    'arn:aws:backup:us-east-1:*:backup-vault:w',
    'arn:aws:backup:*:*:*',
  ],
};

const ENCRYPTION: Key = {
  name: 'kms:EncryptionContextKeys',
  type: 'text',
  isMultivalued: true,
  given: ['aws:backup:backup-vault', 'aws:ebs:id'],
  asked: ['aws:backup:backup-vault', 'aws:*'],
};

const external: Key = { name: 'sts:ExternalId', type: 'text', given: ['x', 'y'], asked: ['x', '?', 'X'] };
const passed: Key = {
  name: 'iam:PassedToService',
  type: 'text',
  given: ['backup.amazonaws.com'],
  asked: ['backup.*', SERVICE.id],
};
const days: Key = {
  name: 'kms:ScheduleKeyDeletionPendingWindowInDays',
  type: 'number',
  given: ['7', '30'],
  asked: ['7', '29.5'],
};

const vault = (account: string) => `arn:aws:backup:us-east-1:${account}:backup-vault:blue`;
const point = (account: string) => `arn:aws:backup:us-east-1:${account}:recovery-point:1:a`;
const key = (account: string) => `arn:aws:kms:us-east-1:${account}:key/1`;
const alias = (account: string) => `arn:aws:kms:us-east-1:${account}:alias/red`;
const role = (account: string) => `arn:aws:iam::${account}:role/blue`;
const nothing = () => '*';

const backup = { hasPolicy: 'maybe', keys: [RESOURCE_TEAM] } as const;
const kms = { hasPolicy: 'always', resourceOf: key } as const;

export const SUBJECTS: readonly Subject[] = [
  { ...backup, action: 'backup:CopyIntoBackupVault', resourceOf: vault },
  { ...backup, action: 'backup:DeleteBackupVault', resourceOf: vault },
  { ...backup, action: 'backup:DeleteRecoveryPoint', resourceOf: point },
  { ...backup, action: 'backup:CopyFromBackupVault', resourceOf: point, keys: [TARGETS, TARGETS, RESOURCE_TEAM] },
  { ...backup, action: 'backup:UpdateGlobalSettings', resourceOf: nothing, keys: [] },
  { ...kms, action: 'kms:Decrypt', keys: [VIA, ENCRYPTION, RESOURCE_TEAM] },
  { ...kms, action: 'kms:CreateGrant', keys: [VIA, FOR_AWS, ENCRYPTION] },
  { ...kms, action: 'kms:ScheduleKeyDeletion', keys: [days, VIA] },
  { action: 'kms:CreateKey', resourceOf: nothing, hasPolicy: 'maybe', keys: [VIA] },
  { action: 'kms:CreateAlias', resourceOf: alias, hasPolicy: 'maybe', keys: [VIA] },
  { action: 'iam:PassRole', resourceOf: role, hasPolicy: 'maybe', keys: [passed, RESOURCE_TEAM] },
  { action: 'iam:DeleteRole', resourceOf: role, hasPolicy: 'maybe', keys: [RESOURCE_TEAM] },
  {
    action: 'ec2:ModifySnapshotAttribute',
    resourceOf: () => 'arn:aws:ec2:us-east-1::snapshot/blue',
    hasPolicy: 'maybe',
    keys: [RESOURCE_TEAM],
  },
  { action: 'sts:AssumeRole', resourceOf: role, hasPolicy: 'always', keys: [external, external] },
  { action: 'organizations:LeaveOrganization', resourceOf: nothing, hasPolicy: 'maybe', keys: [] },
];

/** Keys that a request of this caller may carry: a user name, for one, only a user has. */
export const keysOf = ({ keys }: Subject, caller: AccessRequest['caller']): readonly Key[] =>
  [...GLOBAL_KEYS, ...keys, ...keys].filter(
    ({ name, given }) => given.length > 0 && (name !== 'aws:username' || caller.kind === 'user'),
  );
