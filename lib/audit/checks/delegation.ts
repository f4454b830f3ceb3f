import {
  DescribeResourcePolicyCommand,
  ListDelegatedAdministratorsCommand,
  type ResourcePolicy,
} from '@aws-sdk/client-organizations';
import { BACKUP_PRINCIPAL } from '../../aws/backup';
import { STACK_SETS_PRINCIPAL } from '../../aws/cloudformation';
import { delegationPolicy } from '../../policies/delegation-policy';
import type { CheckOf } from '../check';
import { differenceText, policyDifference } from '../compare-policies';
import { error } from '../finding';

/** Accounts that administer AWS Backup and StackSets for the organization. */
export const delegatedAdministrators: CheckOf<'organization'> = {
  name: 'delegated administrators',
  of: 'organization',
  problems: async ({ organization, topology: { management } }) => {
    const wanted = [
      { service: BACKUP_PRINCIPAL, accountId: management.delegatedAdministratorId },
      { service: STACK_SETS_PRINCIPAL, accountId: management.rollouts?.stackSetsAdministratorId },
    ];
    const problems = wanted.map(async ({ service, accountId }) => {
      if (accountId === undefined) return [];
      const pages = await organization.askAll('organizations:ListDelegatedAdministrators', (client, NextToken) =>
        client.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal: service, NextToken })),
      );
      const found = pages.flatMap(({ DelegatedAdministrators = [] }) =>
        DelegatedAdministrators.flatMap(({ Id }) => Id ?? []),
      );
      if (found.includes(accountId)) return [];
      const others = found.length === 0 ? 'none' : found.join(', ');
      const what = `delegated administrator of ${service}`;
      return [error(what, others, accountId, `deploy the stack ${management.stackName}`)];
    });
    return (await Promise.all(problems)).flat();
  },
};

/** The organization's resource policy, which lets the delegated administrator manage backup policies. */
export const resourcePolicy: CheckOf<'organization'> = {
  name: 'resource policy',
  of: 'organization',
  problems: async ({ organization, topology: { management } }) => {
    const delegation = management.rollouts?.delegation;
    if (!delegation) return [];
    const { ResourcePolicy } = await organization.ask<{ ResourcePolicy?: ResourcePolicy | undefined }>(
      'organizations:DescribeResourcePolicy',
      (client) => client.send(new DescribeResourcePolicyCommand({})),
      { ResourcePolicyNotFoundException: {} },
    );
    const what = 'resource policy of the organization';
    const remedy = `deploy the stack ${management.stackName}`;
    if (!ResourcePolicy) return [error(what, 'none', 'as the config has it', remedy)];
    const found: unknown = JSON.parse(ResourcePolicy.Content ?? '{}');
    const difference = policyDifference(found, delegationPolicy(management.partition, delegation));
    return difference ? [error(what, differenceText(difference), 'as the config has it', remedy)] : [];
  },
};
