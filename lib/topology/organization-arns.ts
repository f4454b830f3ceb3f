import { organizationsArn, type Partition } from '../aws/arn';

/** An organization as ARNs tell it: by its management account and its id. */
export interface Organization {
  readonly partition: Partition;
  readonly managementId: string;
  readonly id: string;
}

/**
 * Every policy of a type, such as `SERVICE_CONTROL_POLICY`. With nothing before the wildcard, as in AWS's example: nobody
 * knows what stands for a policy that is not there yet.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs-policy-delegate-examples.html
 */
export const anyPolicyArn = (organization: Organization, type: string): string =>
  organizationArn(organization, 'policy', `${type.toLowerCase()}/*`);

/** What policies are attached to: a unit, the root or an account. */
export const targetArn = (organization: Organization, id: string): string =>
  organizationArn(organization, kindOf(id), id);

/** The resource policy of the organization, whose id is AWS's. */
export const resourcePolicyArn = (organization: Organization): string =>
  organizationArn(organization, 'resourcepolicy', '*');

/** Targets in no more than so many characters: each as it is, or else all of the kinds that they are of. */
export function targetArns(organization: Organization, ids: readonly string[], characters: number): string[] {
  const arns = ids.map((id) => targetArn(organization, id));
  if (JSON.stringify(arns).length <= characters) return arns;
  return [...new Set(ids.map((id) => organizationArn(organization, kindOf(id), '*')))];
}

const organizationArn = ({ partition, managementId, id }: Organization, kind: string, rest: string) =>
  organizationsArn(partition, managementId, `${kind}/${id}/${rest}`);

/** What Organizations calls the thing of an id, in its ARN. */
function kindOf(id: string): 'root' | 'ou' | 'account' {
  if (id.startsWith('r-')) return 'root';
  return id.startsWith('ou-') ? 'ou' : 'account';
}
