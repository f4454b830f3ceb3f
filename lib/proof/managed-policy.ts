import { dnsSuffix, type Partition } from '../aws/arn';
import { type CompiledPolicy, compilePolicy } from '../iam/policy';
import dated from './managed-policies.json';

/** When AWS's own policies were read, which change without notice. */
export const MANAGED_POLICIES_AS_OF: string = dated.asOf;

const cache = new Map<string, CompiledPolicy>();

/**
 * A policy of AWS's own, as its ARN names it; undefined for one that is not kept here. The texts are of the partition
 * `aws`; in others they name that partition's ARNs and hosts.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export function managedPolicy(partition: Partition, name: string): CompiledPolicy | undefined {
  const known = (dated.policies as Readonly<Record<string, { readonly document: unknown }>>)[name];
  if (!known) return undefined;
  const key = `${partition} ${name}`;
  const text = () =>
    JSON.stringify(known.document)
      .replaceAll(/\barn:aws(?=:)/g, `arn:${partition}`)
      .replaceAll('.amazonaws.com"', `.${dnsSuffix(partition)}"`);
  const compiled = cache.get(key) ?? compilePolicy(name.split('/').at(-1) ?? name, JSON.parse(text()));
  cache.set(key, compiled);
  return compiled;
}

/** What AWS Backup's service-linked role may do, which nobody can change. */
export const SERVICE_LINKED_ROLE_POLICY = 'aws-service-role/AWSBackupServiceLinkedRolePolicyForBackup';
