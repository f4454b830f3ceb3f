import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ManagedPolicies } from '../policies/backup-role-policies';
import { type PolicyDocument, policyJson } from '../policies/policy-document';

export interface BackupServiceRoleProps {
  /** At most 64 characters. Changing it replaces the role. */
  readonly roleName: string;
  /** Which service takes it, and for which account. */
  readonly trust: PolicyDocument;
  readonly description: string;
  /** Policies of AWS's own to attach, by the id of the attachment. */
  readonly managedPolicies: ManagedPolicies;
  /**
   * Policies of our own, by name.
   * @default - none
   */
  readonly inlinePolicies?: Readonly<Record<string, PolicyDocument>>;
}

/** A role that a service takes to work on backups of its account: AWS Backup, or the scanner it passes one to. */
export class BackupServiceRole extends Construct {
  readonly roleArn: string;
  /** What has to be there before the role can do its work. */
  readonly permissions: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: BackupServiceRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'Resource', {
      name: props.roleName,
      description: props.description,
      assumeRolePolicy: policyJson(props.trust),
    });
    const attached = Object.entries(props.managedPolicies).map(
      ([name, policyArn]) => new IamRolePolicyAttachment(this, name, { role: role.name, policyArn }),
    );
    const inline = Object.entries(props.inlinePolicies ?? {}).map(
      ([name, policy]) => new IamRolePolicy(this, name, { name, role: role.name, policy: policyJson(policy) }),
    );
    this.permissions = [...attached, ...inline];
    this.roleArn = role.arn;
  }
}
