import type { Place } from '../aws/arn';
import { SourceConfig } from '../config/account-config';
import type { Config } from '../config/config';
import { copyEdges, outsideVaults } from './copy-edges';
import { baselineNames, ORGANIZATION_POLICIES_STACK, policyPlanName } from './names';
import type { Plan, Selection } from './plan';
import { resolveSource } from './resolve-source';
import { type DestinationSeed, type SourceSeed, sourceSeed } from './site';
import type { SourceSite } from './topology';

/** An account that a rollout reaches, in one Region: its place may be in the words of a policy or a template. */
export interface Member {
  /** As reports call it. */
  readonly label: string;
  readonly place: Place;
  readonly plans: readonly string[];
  readonly ouPath: string | undefined;
}

/** What a source is of which nothing is said. */
const USUAL = SourceConfig.parse({ accountId: '000000000000', regions: ['us-east-1'] });

/** Such an account is a source in all but its stack, so what follows for it follows as for a source. */
export function memberSeed(config: Config, { label, place, plans, ouPath }: Member): SourceSeed {
  const { baseline } = config.organizationPolicies;
  const [usual] = Object.values(USUAL.regions);
  if (!usual) throw new Error('a source has a Region');
  const site: SourceConfig['regions'][string] = {
    ...usual,
    names: {
      ...baselineNames(config.prefix, place.region),
      plans: Object.fromEntries(plans.map((plan) => [plan, policyPlanName(config.prefix, plan, place.region)])),
    },
    lock: baseline.lock,
    createResourceKey: baseline.createResourceKey,
    keyPolicy: baseline.keyPolicy,
    // Neither policies nor StackSets can set an account's opt-ins; those of the management account count.
    regionSettings: 'leave',
  };
  const { accountId, region } = place;
  const source = { ...USUAL, accountId, ouPath, plans: [...plans], regions: { [region]: site } };
  // A break-glass role is of one account, and the baseline is the same for all.
  const everywhere = { ...config, breakGlassRoles: [] };
  return {
    ...sourceSeed(everywhere, { name: label, region, accountId, plans, source, site, path: [] }, place),
    stackName: ORGANIZATION_POLICIES_STACK,
    providerAlias: ORGANIZATION_POLICIES_STACK,
    deployRoleArn: undefined,
  };
}

/** A member with its plans and what follows from the destinations they copy to. */
export function memberSite(config: Config, member: Member, destinations: readonly DestinationSeed[]): SourceSite {
  const seed = memberSeed(config, member);
  const site = resolveSource(config, seed, copyEdges(config, [seed], destinations), outsideVaults(config, seed));
  return { ...site, plans: site.plans.map(asPolicySays) };
}

const asPolicySays = (plan: Plan): Plan => ({ ...plan, selections: plan.selections.map(selectionOfPolicy) });

const OF_RESOURCE = /^aws:ResourceTag\//;

/** A policy selects by types, or else by one tag that conditions narrow: it has no word for every resource. */
function selectionOfPolicy(selection: Selection): Selection {
  const [first, ...others] = selection.conditions.stringEquals;
  if (!selection.resources.includes('*') || !first) return selection;
  return {
    ...selection,
    listOfTags: [{ ...first, key: first.key.replace(OF_RESOURCE, '') }],
    resources: [],
    conditions: { ...selection.conditions, stringEquals: others },
  };
}
