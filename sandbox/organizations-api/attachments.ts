import type { Member } from './directory';
import { constraintViolation, refused, targetNotFound } from './errors';
import type { Call, Handlers } from './operations';
import { page } from './page';
import { policyOf, summaryOf } from './policies';
import { fullAccess, isServed, LIMITS, type PolicyType } from './policy';

/** Which types of policy are in use, and which policies hold where. */
export const attachmentHandlers = {
  EnablePolicyType: ({ RootId, PolicyType }, call) => {
    const { enabledTypes } = call.directory;
    rootOf(call, RootId);
    if (enabledTypes.has(PolicyType))
      throw refused('PolicyTypeAlreadyEnabledException', 'The specified policy type is already enabled.');
    enabledTypes.add(PolicyType);
    if (PolicyType === fullAccess.type) for (const { id } of call.directory.members()) attach(call, id, fullAccess.id);
    return { Root: rootOf(call, RootId) };
  },

  DisablePolicyType: ({ RootId, PolicyType }, call) => {
    const { directory } = call;
    rootOf(call, RootId);
    if (!directory.enabledTypes.delete(PolicyType)) throw notEnabled();
    for (const { id } of directory.members())
      for (const policy of directory.attachedTo(id, PolicyType)) directory.attachments.get(id)?.delete(policy.id);
    return { Root: rootOf(call, RootId) };
  },

  AttachPolicy: ({ PolicyId, TargetId }, call) => {
    const { id, type } = policyOf(call, PolicyId);
    const target = targetOf(call, TargetId);
    if (!call.directory.enabledTypes.has(type)) throw notEnabled();
    const attached = call.directory.attachedTo(target.id, type);
    if (attached.some((policy) => policy.id === id))
      throw refused(
        'DuplicatePolicyAttachmentException',
        'The selected policy is already attached to the specified target.',
      );
    const most = isServed(type) ? LIMITS[type].perTarget : Number.POSITIVE_INFINITY;
    if (attached.length >= most)
      throw constraintViolation(
        'You have attached the maximum number of policies to the target.',
        'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
      );
    attach(call, target.id, id);
    return {};
  },

  DetachPolicy: ({ PolicyId, TargetId }, call) => {
    const { id, type } = policyOf(call, PolicyId);
    const target = targetOf(call, TargetId);
    const attached = call.directory.attachedTo(target.id, type);
    if (!attached.some((policy) => policy.id === id))
      throw refused('PolicyNotAttachedException', "The policy isn't attached to the specified target.");
    if (type === 'SERVICE_CONTROL_POLICY' && attached.length === 1)
      throw constraintViolation(
        'You cannot remove the last policy attached to the specified target.',
        'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
      );
    call.directory.attachments.get(target.id)?.delete(id);
    return {};
  },

  ListTargetsForPolicy: ({ PolicyId, ...given }, call) => {
    const { id } = policyOf(call, PolicyId);
    const { directory } = call;
    const all = directory.members().filter((member) => directory.attachments.get(member.id)?.has(id));
    const { items, NextToken } = page(all, given);
    return { Targets: items.map((target) => described(call, target)), NextToken };
  },

  ListPoliciesForTarget: ({ TargetId, Filter, ...given }, call) => {
    const { items, NextToken } = page(call.directory.attachedTo(targetOf(call, TargetId).id, Filter), given);
    return { Policies: items.map((policy) => summaryOf(call.directory, policy)), NextToken };
  },
} satisfies Handlers;

function attach({ directory: { attachments } }: Call, targetId: string, policyId: string): void {
  attachments.set(targetId, (attachments.get(targetId) ?? new Set()).add(policyId));
}

function targetOf({ directory }: Call, id: string): Member {
  const member = directory.member(id);
  if (!member) throw targetNotFound();
  return member;
}

function described({ directory }: Call, target: Member) {
  const { id, name } = target;
  const type = id.startsWith('r-') ? 'ROOT' : id.startsWith('ou-') ? 'ORGANIZATIONAL_UNIT' : 'ACCOUNT';
  return { TargetId: id, Arn: directory.memberArn(target), Name: name, Type: type } as const;
}

function rootOf({ directory }: Call, id: string) {
  const { rootId, id: organizationId } = directory.setup;
  if (id !== rootId) throw refused('RootNotFoundException', "We can't find a root with the RootId that you specified.");
  return {
    Id: rootId,
    Name: 'Root',
    Arn: directory.arn(`root/${organizationId}/${rootId}`),
    PolicyTypes: [...directory.enabledTypes].map((Type: PolicyType) => ({ Type, Status: 'ENABLED' as const })),
  };
}

const notEnabled = () =>
  refused('PolicyTypeNotEnabledException', "The specified policy type isn't currently enabled in this root.");
