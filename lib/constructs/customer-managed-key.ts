import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import { KEY_DELETION_WINDOW_DAYS } from '../aws/limits';
import { type PolicyDocument, policyJson } from '../policies/policy-document';

export interface CustomerManagedKeyProps {
  /** What the key encrypts, for whoever finds it in the console. */
  readonly description: string;
  /** With `alias/` before it. */
  readonly alias: string;
  readonly policy: PolicyDocument;
  /** By which others tell that the key is not to be touched. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether Terraform refuses any plan that would destroy or replace the key. */
  readonly preventDestroy: boolean;
}

/**
 * A KMS key that rotates every year and takes thirty days to delete, with an alias.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export class CustomerManagedKey extends Construct {
  readonly keyArn: string;

  constructor(scope: Construct, id: string, props: CustomerManagedKeyProps) {
    super(scope, id);
    const { description, alias, policy, tags, preventDestroy } = props;
    const key = new KmsKey(this, 'Resource', {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: KEY_DELETION_WINDOW_DAYS,
      policy: policyJson(policy),
      tags: { ...tags },
      lifecycle: { preventDestroy },
    });
    new KmsAlias(this, 'Alias', { name: alias, targetKeyId: key.keyId });
    this.keyArn = key.arn;
  }
}
