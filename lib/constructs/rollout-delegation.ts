import { OrganizationsDelegatedAdministrator } from '@cdktf/provider-aws/lib/organizations-delegated-administrator';
import { OrganizationsResourcePolicy } from '@cdktf/provider-aws/lib/organizations-resource-policy';
import { Construct } from 'constructs';
import { STACK_SETS_PRINCIPAL } from '../aws/cloudformation';
import { type PolicyDocument, policyJson } from '../policies/policy-document';

export interface RolloutDelegationProps {
  /** The account that becomes delegated administrator of StackSets. */
  readonly accountId: string;
  /**
   * The organization's resource policy, of which there is one.
   * @default - it is left alone
   */
  readonly resourcePolicy?: {
    readonly document: PolicyDocument;
    /** The id of the policy that is there, which is taken over; undefined where there is none. */
    readonly existingId: string | undefined;
  };
}

/**
 * Lets an account run rollouts for the organization. The resource policy is never destroyed: it may hold statements of
 * others, and a plan that would replace it by another one stops.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html
 */
export class RolloutDelegation extends Construct {
  constructor(scope: Construct, id: string, { accountId, resourcePolicy }: RolloutDelegationProps) {
    super(scope, id);
    new OrganizationsDelegatedAdministrator(this, 'StackSets', { accountId, servicePrincipal: STACK_SETS_PRINCIPAL });
    if (resourcePolicy) {
      const policy = new OrganizationsResourcePolicy(this, 'BackupPolicies', {
        content: policyJson(resourcePolicy.document),
        lifecycle: { preventDestroy: true },
      });
      if (resourcePolicy.existingId !== undefined) policy.importFrom(resourcePolicy.existingId);
    }
  }
}
