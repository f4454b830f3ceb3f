import { isDeepStrictEqual } from 'node:util';
import { DescribeResourcePolicyCommand } from '@aws-sdk/client-organizations';
import type { OrganizationAccess } from '../accounts/access';
import { ask } from '../live/ask';
import { LiveError } from '../live/live-error';
import { DELEGATION_SIDS } from '../policies/delegation-policy';
import type { PolicyDelegation } from '../topology/rollout';
import type { Step } from './step';

/** A statement, as much of it as tells whose it is. */
type Statement = Readonly<Record<string, unknown>> & { readonly Sid?: string };

const SETTING = 'organizationPolicies.delegation.existing';

const NO_POLICY = { ResourcePolicyNotFoundException: undefined };

/**
 * Compares the organization's resource policy with what the config says of it, which nothing else can: the deploy puts its
 * own in that place without looking. Fails where somebody's statements would be lost.
 */
export function resourcePolicy({ organizations, where }: OrganizationAccess, { existing }: PolicyDelegation): Step {
  const look = async () => {
    const found = await ask(
      'organizations:DescribeResourcePolicy',
      () => organizations.send(new DescribeResourcePolicyCommand({})),
      NO_POLICY,
    );
    const id = found?.ResourcePolicy?.ResourcePolicySummary?.Id;
    if (id === undefined) {
      if (existing)
        throw new LiveError(`the organization has no resource policy ${existing.id}: set ${SETTING} to none`);
      return { was: 'none', is: 'none', calls: [] };
    }
    const statements = statementsIn(found?.ResourcePolicy?.Content ?? '{}');
    const others = statements.filter(({ Sid }) => !DELEGATION_SIDS.some((own) => own === Sid));
    if (!isDeepStrictEqual(others, existing?.statements ?? []))
      throw new LiveError(
        `a deploy would replace statements of the organization's resource policy that the config does not have: set ${SETTING} to ${others.length === 0 ? 'none' : JSON.stringify({ id, statements: others })}`,
      );
    const was = `${id}, ${others.length} statements of others`;
    return { was, is: was, calls: [] };
  };
  return { what: 'resource policy', where, look };
}

const statementsIn = (content: string): Statement[] =>
  [(JSON.parse(content) as { readonly Statement?: Statement | Statement[] }).Statement ?? []].flat();
