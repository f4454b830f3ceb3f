import { attachmentHandlers } from './attachments';
import { delegationHandlers } from './delegation';
import { effectivePolicyHandlers } from './effective-policies';
import { memberHandlers } from './members';
import type { Handlers } from './operations';
import { policyHandlers } from './policies';
import { tagHandlers } from './tags';

/** Every operation that the emulated AWS Organizations serves. */
export const handlers: Handlers = {
  ...memberHandlers,
  ...policyHandlers,
  ...attachmentHandlers,
  ...effectivePolicyHandlers,
  ...delegationHandlers,
  ...tagHandlers,
};
