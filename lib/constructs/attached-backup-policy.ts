import { OrganizationsPolicy } from '@cdktf/provider-aws/lib/organizations-policy';
import { OrganizationsPolicyAttachment } from '@cdktf/provider-aws/lib/organizations-policy-attachment';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

export interface AttachedBackupPolicyProps {
  readonly policyName: string;
  /** What it is for, for whoever finds it in the console. */
  readonly description: string;
  /** The policy as text, at most 10,000 characters. */
  readonly content: string;
  /** Units, the root or accounts; each gets the policy, and what is below inherits it. */
  readonly targetIds: readonly string[];
  /** What has to be there before plans can work: roles and vaults of which AWS Backup checks none. */
  readonly baseline: ITerraformDependable[];
}

/**
 * A backup policy and what it is attached to, after everything that its plans need is there. The organization must have
 * that type of policy enabled.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup.html
 */
export class AttachedBackupPolicy extends Construct {
  readonly policyId: string;

  constructor(scope: Construct, id: string, props: AttachedBackupPolicyProps) {
    super(scope, id);
    const { policyName, description, content, targetIds, baseline } = props;
    const policy = new OrganizationsPolicy(this, 'Resource', {
      name: policyName,
      description,
      type: 'BACKUP_POLICY',
      content,
      dependsOn: baseline,
    });
    for (const targetId of targetIds) {
      new OrganizationsPolicyAttachment(this, targetId, { policyId: policy.id, targetId });
    }
    this.policyId = policy.id;
  }
}
