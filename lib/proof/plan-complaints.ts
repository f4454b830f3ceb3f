import { MALWARE_SCANNER } from '../aws/scans';
import type { Copy, Lifecycle, Plan, Rule, Tag } from '../topology/plan';
import type { DestinationSite, SourceSite } from '../topology/topology';
import type { DeployedPlan, PlannedCopy, PlannedScanSetting } from './deployed';
import type { SiteView } from './site-view';

/** Where the plans of a source's stack are not those of the config, a line each: what is not planned is never copied. */
export function planComplaints({ site, plans }: SiteView, destinations: readonly DestinationSite[]): string[] {
  if (site.role !== 'source') return [];
  return site.plans.flatMap((plan) => {
    const written = plans.find(({ name }) => name === plan.physicalName);
    const place = `stack ${site.stackName}, plan ${plan.physicalName}`;
    if (!written) return [`${place} must be there`];
    return [
      ...ruleComplaints(place, plan, written, site, destinations),
      ...differences(place, { 'scan settings': promisedScans(plan, site) }, { 'scan settings': written.scanSettings }),
      ...selectionComplaints(place, plan, written, site),
    ];
  });
}

const ruleComplaints = (
  place: string,
  plan: Plan,
  written: DeployedPlan,
  site: SourceSite,
  destinations: readonly DestinationSite[],
): string[] =>
  plan.rules.flatMap((rule) => {
    const found = written.rules.find((one) => one.rule_name === rule.name);
    if (!found) return [`${place}, rule ${rule.name} must be there`];
    const promised = promisedRule(rule, site, destinations);
    return differences(`${place}, rule ${rule.name}`, promised, {
      schedule: found.schedule,
      timezone: found.schedule_expression_timezone,
      'target vault': found.target_vault_name,
      'air-gapped target': found.target_logically_air_gapped_backup_vault_arn,
      lifecycle: found.lifecycle,
      indexes: found.index_resource_types ?? [],
      scans: found.scan_action ?? [],
      copies: sorted(found.copy_action ?? []),
    });
  });

const promisedRule = (rule: Rule, site: SourceSite, destinations: readonly DestinationSite[]) => ({
  schedule: rule.schedule,
  timezone: rule.timezone,
  'target vault': site.vault.vaultName,
  'air-gapped target': rule.targetsAirGapped ? site.airGapped?.vaultArn : undefined,
  lifecycle: lifecycleOf(rule),
  indexes: rule.indexedTypes,
  scans: rule.scanMode === undefined ? [] : [{ malware_scanner: MALWARE_SCANNER, scan_mode: rule.scanMode }],
  copies: sorted(
    rule.copies.map((copy) => ({
      destination_vault_arn: targetOf(copy, destinations),
      lifecycle: lifecycleOf(copy),
    })),
  ),
});

const promisedScans = ({ scannedTypes }: Plan, { scannerRole }: SourceSite): PlannedScanSetting[] =>
  scannedTypes && scannerRole
    ? [{ malware_scanner: MALWARE_SCANNER, resource_types: scannedTypes, scanner_role_arn: scannerRole.arn }]
    : [];

function targetOf(copy: Copy, destinations: readonly DestinationSite[]): string {
  if ('outsideVaultArn' in copy) return copy.outsideVaultArn;
  const destination = destinations.find(({ stackName }) => stackName === copy.destinationStack);
  return (copy.isAirGapped ? destination?.airGapped?.vaultArn : destination?.vault.vaultArn) ?? '';
}

const lifecycleOf = ({ deleteAfterDays, moveToColdStorageAfterDays, optInToArchive }: Lifecycle) => ({
  delete_after: deleteAfterDays,
  ...(moveToColdStorageAfterDays === undefined
    ? {}
    : { cold_storage_after: moveToColdStorageAfterDays, opt_in_to_archive_for_supported_resources: optInToArchive }),
});

const sorted = (copies: readonly PlannedCopy[]) =>
  [...copies].sort((a, b) => a.destination_vault_arn.localeCompare(b.destination_vault_arn));

function selectionComplaints(place: string, plan: Plan, written: DeployedPlan, site: SourceSite): string[] {
  return plan.selections.flatMap((selection) => {
    const found = written.selections.find((one) => one.name === selection.name);
    if (!found) return [`${place}, selection ${selection.name} must be there`];
    return differences(
      `${place}, selection ${selection.name}`,
      {
        role: site.backupRole.arn,
        resources: selection.resources,
        'resources left out': selection.notResources,
        tags: tagsOf(selection.listOfTags),
        conditions: CONDITIONS.map(([name]) => tagsOf(selection.conditions[name])),
      },
      {
        role: found.iam_role_arn,
        resources: found.resources ?? [],
        'resources left out': found.not_resources ?? [],
        tags: tagsOf(found.selection_tag),
        conditions: CONDITIONS.map(([, name]) => (found.condition ?? []).flatMap((one) => tagsOf(one[name]))),
      },
    );
  });
}

/** The lists of conditions, in our words and in Terraform's. */
const CONDITIONS = [
  ['stringEquals', 'string_equals'],
  ['stringNotEquals', 'string_not_equals'],
  ['stringLike', 'string_like'],
  ['stringNotLike', 'string_not_like'],
] as const;

const tagsOf = (tags: readonly Tag[] = []) => tags.map(({ key, value }) => `${key}=${value}`);

function differences(
  place: string,
  promised: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
) {
  const shown = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
  return Object.keys(promised)
    .filter((key) => canonical(promised[key]) !== canonical(found[key]))
    .map((key) => `${place}: ${key} must be ${shown(promised[key])}, and is ${shown(found[key])}`);
}

/** The same text for the same value, whatever the order of keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, held) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => a.localeCompare(b)))
      : held,
  ) ?? 'undefined';
