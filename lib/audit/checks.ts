import type { Check } from './check';
import { allowedImages } from './checks/allowed-images';
import { delegatedAdministrators, resourcePolicy } from './checks/delegation';
import { effectivePolicy } from './checks/effective-policy';
import { guardrails } from './checks/guardrails';
import { keys } from './checks/keys';
import { membership } from './checks/membership';
import { optIns } from './checks/opt-ins';
import { globalSettings, trustedAccess } from './checks/organization-settings';
import { plans } from './checks/plans';
import { roles } from './checks/roles';
import { serviceLinkedRole } from './checks/service-linked-role';
import { stackInstances } from './checks/stack-instances';
import { vaults } from './checks/vaults';

/** Everything that is looked at. */
export const CHECKS: readonly Check[] = [
  membership,
  trustedAccess,
  globalSettings,
  delegatedAdministrators,
  resourcePolicy,
  guardrails,
  stackInstances,
  serviceLinkedRole,
  optIns,
  effectivePolicy,
  roles,
  vaults,
  keys,
  plans,
  allowedImages,
];
