import { accessDenied, invalidInput, refused, targetNotFound } from './errors';
import { effectivePolicy } from './management-policy';
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
    const levels = directory.lineOf(target).map(({ id }) => directory.attachedTo(id, PolicyType));
    if (levels.flat().length === 0)
      throw refused('EffectivePolicyNotFoundException', 'The account has no effective policy of this type.');
    const documents = levels.map((policies) => policies.map(({ content }) => JSON.parse(content)));
    const PolicyContent = JSON.stringify(effectivePolicy(documents));
    return { EffectivePolicy: { PolicyContent, PolicyType, TargetId: target } };
  },
} satisfies Handlers;
