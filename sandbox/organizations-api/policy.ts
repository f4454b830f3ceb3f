import type { PolicyType as AnyPolicyType } from '@aws-sdk/client-organizations';

/** Every type of policy that AWS knows. */
export type PolicyType = AnyPolicyType;

/** A policy of the organization. */
export interface Policy {
  readonly id: string;
  readonly type: PolicyType;
  readonly isAwsManaged: boolean;
  name: string;
  description: string;
  content: string;
}

/**
 * What AWS attaches everywhere as soon as service control policies are enabled.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export const fullAccess: Policy = {
  id: 'p-FullAWSAccess',
  type: 'SERVICE_CONTROL_POLICY',
  isAwsManaged: true,
  name: 'FullAWSAccess',
  description: 'Allows access to every operation',
  content: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  }),
};

/**
 * AWS's bounds by type: characters of a document, and policies on one target.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const LIMITS = {
  SERVICE_CONTROL_POLICY: { characters: 10_240, perTarget: 10 },
  BACKUP_POLICY: { characters: 10_000, perTarget: 10 },
} as const;

/** The types that the sandbox serves. */
export type ServedType = keyof typeof LIMITS;

/** Whether the sandbox serves policies of this type. */
export const isServed = (type: PolicyType): type is ServedType => Object.hasOwn(LIMITS, type);
