import { operationOf, page, stackSetOf } from './lookups';
import type { Handlers } from './operations';
import type { Operation, StackSet } from './stack-sets';

/** What is being done with the instances of a StackSet, and what came of it. */
export const operationHandlers = {
  DescribeStackSetOperation: ({ StackSetName, OperationId, CallAs }, call) => {
    const set = stackSetOf(call, StackSetName, CallAs);
    const operation = operationOf(set, OperationId);
    return {
      StackSetOperation: {
        ...headOf(operation),
        StackSetId: set.id,
        RetainStacks: operation.action === 'DELETE' ? operation.isRetaining : undefined,
        OperationPreferences: operation.preferences,
      },
    };
  },

  ListStackSetOperations: ({ StackSetName, CallAs, ...given }, call) => {
    const { operations }: StackSet = stackSetOf(call, StackSetName, CallAs);
    const { items, NextToken } = page([...operations.values()].reverse(), given);
    return { Summaries: items.map(headOf), NextToken };
  },

  ListStackSetOperationResults: ({ StackSetName, OperationId, CallAs, ...given }, call) => {
    const { results } = operationOf(stackSetOf(call, StackSetName, CallAs), OperationId);
    const { items, NextToken } = page(results, given);
    const Summaries = items.map(({ accountId, region, unitId, status, reason }) => ({
      Account: accountId,
      Region: region,
      OrganizationalUnitId: unitId,
      Status: status,
      StatusReason: reason,
    }));
    return { Summaries, NextToken };
  },
} satisfies Handlers;

const headOf = ({ id, action, status, created, ended, results }: Operation) => ({
  OperationId: id,
  Action: action,
  Status: status,
  StatusDetails: { FailedStackInstancesCount: results.filter((result) => result.status === 'FAILED').length },
  CreationTimestamp: created,
  EndTimestamp: ended,
});
