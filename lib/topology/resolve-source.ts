import { ALL_SCANNED_TYPES, SCAN_MODES } from '../aws/scans';
import type { Config } from '../config/config';
import { parseCopyTarget } from '../config/copy-target';
import type { CopyConfig, PlanConfig, RuleConfig } from '../config/plan-config';
import { sortedUnique } from './collections';
import type { CopyEdge, OutsideVault } from './copy-edges';
import { destinationStackName, planName, resourceKeyAlias, roleNames } from './names';
import type { Copy, Lifecycle, Plan, Rule } from './plan';
import { regionSettings } from './region-settings';
import { resolveSelection } from './resolve-selection';
import type { SourceSeed } from './site';
import type { SourceSite } from './topology';

/** Adds to a source site its plans and what follows from the destinations they copy to. */
export function resolveSource(
  config: Config,
  { given, ...seed }: SourceSeed,
  edges: readonly CopyEdge[],
  outside: readonly OutsideVault[],
): SourceSite {
  const { site, source, plans } = given;
  const destinations = [...new Set(edges.map(({ destination }) => destination))];
  const isManaged = site.regionSettings === 'manage' && seed.accountId !== config.management.accountId;
  const sitePlans = plans.flatMap((name) => {
    const plan = config.plans[name];
    return plan ? [resolvePlan(name, site.names.plans[name] ?? planName(config.prefix, name), plan, seed)] : [];
  });
  return {
    ...seed,
    scannerRole: sitePlans.some(({ scannedTypes }) => scannedTypes !== undefined)
      ? roleNames(config.prefix, 'scan', seed, site.names.scannerRole)
      : undefined,
    resourceKeyAlias: site.createResourceKey
      ? (site.names.resourceKeyAlias ?? resourceKeyAlias(config.prefix))
      : undefined,
    existingResourceKeyArns: site.resourceKeys,
    keyPolicy: site.keyPolicy,
    copyTargets: sortedUnique([
      ...edges.flatMap(({ destination: { vault, airGapped }, isAirGapped }) =>
        isAirGapped ? (airGapped?.vaultArn ?? []) : vault.vaultArn,
      ),
      ...outside.map(({ arn }) => arn),
      // What a rule means for the air-gapped vault may have to pass through the other one.
      ...(seed.airGapped ? [seed.airGapped.vaultArn] : []),
    ]),
    copyAccountIds: sortedUnique([
      ...destinations.map(({ accountId }) => accountId),
      ...outside.map(({ accountId }) => accountId).filter((accountId) => accountId !== seed.accountId),
    ]),
    regionSettings: isManaged ? regionSettings(seed.region, site.optIn, site.managementPreference) : undefined,
    plans: sitePlans,
    copyBackFrom: source.copyBack
      ? destinations.map(({ stackName, accountId, restoreRole }) => ({
          stackName,
          accountId,
          restoreRoleArn: restoreRole.arn,
        }))
      : [],
  };
}

function resolvePlan(
  name: string,
  physicalName: string,
  plan: PlanConfig,
  place: Parameters<typeof resolveSelection>[1],
): Plan {
  return {
    name,
    physicalName,
    windowsVss: plan.windowsVss,
    scannedTypes: plan.rules.some(({ scan }) => scan !== undefined)
      ? (plan.scanTypes?.toSorted() ?? [ALL_SCANNED_TYPES])
      : undefined,
    rules: plan.rules.map(resolveRule),
    selections: plan.selections.flatMap((selection) => resolveSelection(selection, place) ?? []),
  };
}

const resolveRule = (rule: RuleConfig): Rule => ({
  name: rule.name,
  schedule: rule.schedule,
  timezone: rule.timezone,
  startWindowMinutes: rule.startWindowMinutes,
  completionWindowMinutes: rule.completionWindowMinutes,
  enableContinuousBackup: rule.enableContinuousBackup,
  targetsAirGapped: rule.targetAirGapped,
  recoveryPointTags: rule.recoveryPointTags,
  indexedTypes: rule.index?.toSorted() ?? [],
  scanMode: rule.scan && SCAN_MODES[rule.scan],
  copies: rule.copies.flatMap((copy) => resolveCopy(copy)),
  ...lifecycleOf(rule),
});

function resolveCopy(copy: CopyConfig): Copy[] {
  const target = parseCopyTarget(copy.to);
  if (!target) return [];
  const lifecycle = lifecycleOf(copy);
  return target.kind === 'outside'
    ? [{ ...lifecycle, outsideVaultArn: target.arn }]
    : [
        {
          ...lifecycle,
          destinationStack: destinationStackName(target.destination, target.region),
          isAirGapped: target.isAirGapped,
        },
      ];
}

const lifecycleOf = ({
  deleteAfterDays,
  moveToColdStorageAfterDays,
  optInToArchive,
}: CopyConfig | RuleConfig): Lifecycle => ({
  deleteAfterDays,
  moveToColdStorageAfterDays,
  optInToArchive,
});
