import { decide, type PoliciesInForce } from '../../lib/iam/decide';
import { compilePolicy } from '../../lib/iam/policy';
import type { AccessRequest, Caller } from '../../lib/iam/request';

export const OWN = '111111111111';
export const OTHER = '222222222222';

export const ROLE: Caller = { kind: 'role', id: `arn:aws:iam::${OWN}:role/service/backup`, accountId: OWN };
export const USER: Caller = { kind: 'user', id: `arn:aws:iam::${OWN}:user/ann`, accountId: OWN };
export const ROOT: Caller = { kind: 'root', id: `arn:aws:iam::${OWN}:root`, accountId: OWN };
export const SERVICE: Caller = { kind: 'service', id: 'backup.amazonaws.com', accountId: undefined };

/** A resource of the caller's account, or of another one. */
export const vaultIn = (accountId: string) => ({
  arn: `arn:aws:backup:us-east-1:${accountId}:backup-vault:v`,
  accountId,
});
export const keyIn = (accountId: string) => ({ arn: `arn:aws:kms:us-east-1:${accountId}:key/1234`, accountId });
export const roleIn = (accountId: string) => ({ arn: `arn:aws:iam::${accountId}:role/restore`, accountId });

export const aRequest = (overrides: Partial<AccessRequest> = {}): AccessRequest => ({
  caller: ROLE,
  action: 'backup:CopyIntoBackupVault',
  resource: vaultIn(OWN),
  context: {},
  ...overrides,
});

type Json = Readonly<Record<string, unknown>>;

export const ALLOW = { Sid: 'AllowIt', Effect: 'Allow', Action: '*', Resource: '*' };
export const DENY = { ...ALLOW, Sid: 'DenyIt', Effect: 'Deny' };

export const aPolicy = (name: string, statements: readonly Json[], Version = '2012-10-17') =>
  compilePolicy(name, { Version, Statement: statements });

interface Statements {
  readonly identity?: readonly Json[];
  readonly resource?: readonly Json[];
  /** One policy a level. */
  readonly serviceControl?: readonly (readonly Json[])[];
}

export const inForce = ({ identity, resource, serviceControl = [] }: Statements): PoliciesInForce => ({
  identity: identity ? [aPolicy('identity', identity)] : [],
  resource: resource && aPolicy('resource', resource),
  serviceControl: serviceControl.map((level, index) => [aPolicy(`level ${index + 1}`, level)]),
});

/** Whether one statement of an identity policy, which says no more than this, allows a request. */
export const allows = (statement: Json, request: Partial<AccessRequest> = {}, version = '2012-10-17'): boolean => {
  const identity = [aPolicy('identity', [{ ...ALLOW, ...statement }], version)];
  return decide(aRequest(request), { identity, serviceControl: [], resource: undefined }).isAllowed;
};

/** Whether a condition holds for a request with these values. */
export const holds = (Condition: Json, context: AccessRequest['context'], version = '2012-10-17'): boolean =>
  allows({ Condition }, { context }, version);
