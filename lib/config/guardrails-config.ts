import { z } from 'zod';
import { closed, OuId, RootId } from './fields';

/**
 * Service control policies that keep administrators of member accounts from destroying backups.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export const GuardrailsConfig = closed({
  enabled: z
    .boolean()
    .default(true)
    .describe(
      'Whether the organization itself forbids tampering. Without it vault and key policies are the only protection: what that leaves open, npm run prove lists.',
    ),
  attachTo: z
    .union([z.literal('accounts'), z.array(z.union([OuId, RootId])).min(1)], {
      error: 'must be accounts, or a list of organizational unit ids (ou-…) or the root id (r-…)',
    })
    .default('accounts')
    .describe(
      'What the policies are attached to. accounts: each source and destination account. A list of ids: these organizational units, or the root; every account there is bound, and copies only to vaults of this file.',
    ),
  acknowledgeRoot: RootId.optional().describe(
    'The root id, written out when attachTo names it: you know that every member account is bound then.',
  ),
  extraScpFiles: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Files with service control policies that are in force already, relative to this file. Only the proof reads them: whether copies are permitted under them too.',
    ),
}).describe('Service control policies that protect backups in every source and destination account.');
export type GuardrailsConfig = z.output<typeof GuardrailsConfig>;
