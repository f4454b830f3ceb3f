import type { Place } from '../aws/arn';
import { sortedUnique } from '../topology/collections';
import type { DestinationSite, SourceSite } from '../topology/topology';
import { collapsedVaults } from './collapsed-vaults';
import { copiesOnlyTo } from './copy-targets';
import { statement } from './deploy-role-statements';
import { OPERATOR_ACTIONS } from './operator-actions';
import type { Statement } from './policy-document';
import { recoveryPointArns } from './recovery-point-arns';

/** Characters for the vaults that copies go to, in the policy of a deploy role: one by one, or else without their Regions. */
const VAULTS_ROOM = 1_000;
const PATTERNS_ROOM = 3_000;

/** What `npm run copy`, `copy-back` and `restore` do with recovery points by the deploy role of an account. */
export function copyStatements(
  anyRegion: Place,
  sites: readonly (DestinationSite | SourceSite)[],
  organizationId: string,
  here: NonNullable<Statement['Condition']>,
): Statement[] {
  const { lookAtPoint, startCopy, copyOut, restorePoint } = OPERATOR_ACTIONS;
  const points = recoveryPointArns(anyRegion);
  // As the commands have it: a source copies to where its plans copy, a destination back to the sources that take it.
  const targets = sortedUnique(
    sites.flatMap((site) =>
      site.role === 'source' ? site.copyTargets : site.copyBacks.map(({ vaultArn }) => vaultArn),
    ),
  );
  const copies = targets.length > 0 ? startCopy : [];
  return [
    statement('AllowCopiesAndRestores', [...lookAtPoint, ...copies, ...restorePoint], points, here),
    ...(targets.length > 0
      ? [statement('AllowCopiesToTargets', copyOut, points, { ...copiesTo(targets, organizationId), ...here })]
      : []),
  ];
}

/** Vaults that are too many for a policy have to be of the organization at least. */
function copiesTo(vaultArns: readonly string[], organizationId: string): NonNullable<Statement['Condition']> {
  const targets = collapsedVaults(vaultArns, VAULTS_ROOM);
  if (JSON.stringify(targets).length <= PATTERNS_ROOM) return copiesOnlyTo(targets);
  return {
    'ForAllValues:StringLike': { 'backup:CopyTargetOrgPaths': `${organizationId}/*` },
    Null: { 'backup:CopyTargetOrgPaths': 'false' },
  };
}
