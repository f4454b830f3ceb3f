import { instanceHandlers } from './instance-handlers';
import { operationHandlers } from './operation-handlers';
import type { Handlers } from './operations';
import { setHandlers } from './set-handlers';

/** Every operation that the emulated StackSets serve. */
export const handlers: Handlers = { ...setHandlers, ...instanceHandlers, ...operationHandlers };
