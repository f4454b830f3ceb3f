import { OrganizationsPolicy } from '@cdktf/provider-aws/lib/organizations-policy';
import { OrganizationsPolicyAttachment } from '@cdktf/provider-aws/lib/organizations-policy-attachment';
import { Construct } from 'constructs';
import { type PolicyDocument, policyJson } from '../policies/policy-document';

export interface OrganizationGuardrailsProps {
  /** What the names of the policies start with; a number follows. */
  readonly name: string;
  /** One service control policy each. */
  readonly documents: readonly PolicyDocument[];
  /** Accounts, organizational units or the root; each gets every policy. */
  readonly targetIds: readonly string[];
}

/**
 * Service control policies and what they are attached to. The organization must have that type of policy enabled.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export class OrganizationGuardrails extends Construct {
  constructor(scope: Construct, id: string, { name, documents, targetIds }: OrganizationGuardrailsProps) {
    super(scope, id);
    documents.forEach((document, index) => {
      // By number: which statements share a policy is a matter of their length, and none is more than its text.
      const number = index + 1;
      const policy = new OrganizationsPolicy(this, `Policy-${number}`, {
        name: `${name}-${number}`,
        description: 'Keeps backups from being destroyed by the administrators of the account they are in',
        type: 'SERVICE_CONTROL_POLICY',
        content: policyJson(document),
      });
      for (const targetId of targetIds) {
        new OrganizationsPolicyAttachment(this, `Policy-${number}-${targetId}`, { policyId: policy.id, targetId });
      }
    });
  }
}
