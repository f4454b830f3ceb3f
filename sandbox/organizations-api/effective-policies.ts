import { accessDenied, invalidInput, refused, targetNotFound } from './errors';
import type { Handlers } from './operations';

/** What backup policies come to. */
export const effectivePolicyHandlers = {
  DescribeEffectivePolicy: ({ PolicyType, TargetId }, { caller, directory }) => {
    const { accountId } = caller;
    const target = TargetId ?? accountId;
    const mayAskOfOthers =
      accountId === directory.setup.managementAccountId || directory.resourcePolicy?.includes(accountId);
    if (target !== accountId && !mayAskOfOthers) throw accessDenied();
    if (!directory.isMember(target)) throw targetNotFound();
    if (PolicyType !== 'BACKUP_POLICY')
      throw invalidInput(`the sandbox serves no effective policies of the type ${PolicyType}`, 'INVALID_ENUM');
    const policy = directory.effectiveBackupPolicy(target);
    if (!policy) throw refused('EffectivePolicyNotFoundException', 'The account has no effective policy of this type.');
    return { EffectivePolicy: { PolicyContent: JSON.stringify(policy), PolicyType, TargetId: target } };
  },
} satisfies Handlers;
