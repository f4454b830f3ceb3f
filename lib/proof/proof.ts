import { ORGANIZATION_POLICIES_STACK } from '../topology/names';
import type { Topology } from '../topology/topology';
import { Actors, type OperatorFiles } from './actors';
import { attackPaths, stoppedAt } from './attack-paths';
import { answer, type Check, complaint } from './check';
import { COPY_GRANTS, copyGrants } from './copy-grants';
import { deployment } from './deployment';
import { destroyComplaints } from './destroy-complaints';
import { type Edge, edgesOf } from './edges';
import { exemptionComplaints, madeExemptRoles } from './exemption-complaints';
import { notesOf } from './notes';
import { planComplaints } from './plan-complaints';
import { readDeployed } from './read-deployed';
import { lockComplaint } from './read-vaults';
import { delegationChecks, memberChecks } from './rollout-checks';
import { delegationComplaints, rolloutComplaints } from './rollout-complaints';
import { type GroupRow, Run, type Tally } from './run';
import { indexing, scanning } from './scans';
import { shareComplaints } from './share-complaints';
import { type SiteView, siteView } from './site-view';
import { copiersBeyond, keysOfOthers, namesake, overreach, roleTaking, strangersOf, uninvited } from './strangers';
import type { Synthesized } from './synthesized';
import { tamperRequests } from './tamper-requests';
import { openWithoutGuardrails, tamperingFrom, tamperingWithin } from './tampering';
import { changes, freedoms, lifecycle, restores } from './upkeep';

/** One edge of the report: which of the grants it needs are there. */
export interface EdgeRow {
  readonly edge: string;
  /** By grant: how many requests are permitted, of how many; none where the edge does not need it. */
  readonly grants: Readonly<Record<(typeof COPY_GRANTS)[number], Tally>>;
}

/** Whether the stacks do what the config promises, and what that rests on. */
export interface Proof {
  readonly edges: readonly EdgeRow[];
  readonly groups: readonly GroupRow[];
  readonly attackPaths: Tally;
  /** What an operator switched off, and what is possible therefore. */
  readonly acceptedRisks: readonly string[];
  /** What the proof took to be so and could not see. */
  readonly assumptions: readonly string[];
  /** Every request that is answered otherwise than promised. */
  readonly failures: readonly string[];
}

/**
 * Proves that every copy of a config is permitted and every tampering denied, by the policies that were written.
 * @throws ProofError when what was written cannot be judged, or is of another config
 */
export function prove(topology: Topology, written: Synthesized, files: OperatorFiles): Proof {
  const { organization, management, organizationPolicies } = topology;
  const rollouts = organizationPolicies?.rollouts ?? [];
  const standIns = rollouts.flatMap((rollout) => rollout.standIns);
  const facts = {
    organizationId: organization.id,
    rootId: organization.rootId ?? 'r-0000',
    managementAccountId: management.accountId,
  };
  const deployed = readDeployed(written, facts, standIns);
  const actors = new Actors(topology, deployed, files);
  const destinations = topology.destinations.map((site) => siteView(site, deployed, written));
  const sources = [...topology.sources, ...standIns].map((site) => siteView(site, deployed, written));
  const views = [...destinations, ...sources];
  const edges = edgesOf(sources, destinations, written);
  const run = new Run();

  const rows = edges.map((edge) => edgeRow(edge, actors, run));
  if (edges.length > 0 && !deployed.isCrossAccountBackupEnabled) {
    run.fail('no stack switches cross-account backup on for the organization, so no copy leaves its account');
  }
  for (const target of topology.guardrails?.targetIds.filter((id) => !deployed.serviceControl.has(id)) ?? []) {
    run.fail(`no stack attaches guardrails to ${target}, as the config has it`);
  }
  for (const wrong of [
    ...views.flatMap(lockComplaints),
    ...sources.flatMap((view) => planComplaints(view, topology.destinations)),
    ...shareComplaints(views, deployed.shares),
    ...views.flatMap((view) => destroyComplaints(view, deployed.destructible)),
    ...exemptionComplaints(deployed.policies, topology),
    ...madeExemptRoles([...deployed.roles.keys()], topology),
    ...rolloutComplaints(organizationPolicies, deployed.backupPolicies, deployed.stackSets),
    ...delegationComplaints(topology, deployed.resourcePolicy),
  ]) {
    run.fail(wrong);
  }
  for (const view of views) for (const check of siteChecks(view, edges, topology, actors)) run.ask(check);
  for (const check of memberChecks(rollouts, edges, actors)) run.ask(check);
  for (const check of delegationChecks(topology, deployed.resourcePolicy, actors)) run.ask(check);
  return {
    edges: rows,
    groups: run.groups(),
    attackPaths: tryPaths(views, actors, run),
    ...notesOf(views, topology, (view) => openWithoutGuardrails(view, actors)),
    failures: run.failures,
  };
}

function edgeRow(edge: Edge, actors: Actors, run: Run): EdgeRow {
  const grants = Object.fromEntries(COPY_GRANTS.map((grant) => [grant, { right: 0, of: 0 }]));
  for (const check of copyGrants(edge, actors)) {
    const wrong = complaint(check, answer(check));
    const tally = grants[check.group] ?? { right: 0, of: 0 };
    grants[check.group] = { right: tally.right + (wrong === undefined ? 1 : 0), of: tally.of + 1 };
    if (wrong !== undefined) run.fail(`${edge.label}, ${check.group}: ${wrong}`);
  }
  if (!edge.isPlanned) run.fail(`${edge.label}: no plan of the stack makes this copy`);
  return { edge: edge.label, grants: grants as EdgeRow['grants'] };
}

function siteChecks(view: SiteView, edges: readonly Edge[], topology: Topology, actors: Actors): Check[] {
  const incoming = edges.filter(({ to }) => view.vaults.some(({ arn }) => arn === to.arn));
  const outgoing = edges.filter(({ from }) => from === view);
  const senders = unique(incoming.map(({ from }) => from.site.accountId));
  const receivers = unique(outgoing.map(({ to }) => to.accountId));
  const strangers = strangersOf(view, unique([...senders, ...receivers]), topology, actors);
  const requests = tamperRequests(view);
  const copiers = incoming.map(({ copier, to, from }) => ({
    to: to.arn,
    actor: actors.role(copier),
    isMember: from.site.stackName === ORGANIZATION_POLICIES_STACK,
  }));
  const namesakes = isOpenToAll(view) ? [] : oneOfEach(copiers).map(({ actor }) => namesake(actor, topology, actors));
  return [
    ...tamperingWithin(view, requests, actors),
    ...tamperingFrom(strangers, requests),
    ...view.vaults.flatMap((vault) => {
      const welcome = copiers.filter(({ to }) => to === vault.arn).map(({ actor }) => actor);
      const unwelcome = copiers
        .map(({ actor }) => actor)
        .filter(({ label }) => !welcome.some((one) => one.label === label));
      return uninvited(vault, { welcome, unwelcome }, [...strangers, ...namesakes]);
    }),
    ...keysOfOthers(view, strangers, receivers, actors),
    ...copiersBeyond(
      view,
      copiers.filter(({ to }) => to === view.airGapped?.vault.arn).map(({ actor }) => actor),
    ),
    ...roleTaking(view, strangers, actors),
    ...overreach(view, actors),
    ...deployment(view, actors),
    ...changes(view, requests, actors),
    ...lifecycle(view, actors),
    ...restores(view, actors),
    ...scanning(view, actors),
    ...indexing(view, actors),
    ...freedoms(view, actors),
  ];
}

const lockComplaints = ({ site, vaults }: SiteView): string[] => {
  const ours = [site.vault, ...site.retiredVaults, ...(site.airGapped ? [site.airGapped] : [])];
  const promised = new Map(ours.map(({ vaultArn, lock }) => [vaultArn, lock]));
  return vaults.flatMap((vault) => lockComplaint(vault, promised.get(vault.arn)) ?? []);
};

/** Of sources and of members one each: their roles are named alike, but for the Region. */
const oneOfEach = <Copier extends { readonly isMember: boolean }>(copiers: readonly Copier[]): Copier[] =>
  [false, true].flatMap((isMember) => copiers.find((copier) => copier.isMember === isMember) ?? []);

/** Whether a role of the right name may copy in from any account of the organization, as the config wants it. */
const isOpenToAll = ({ site }: SiteView): boolean =>
  site.role === 'destination' &&
  [site.vaultAccess, ...site.members.map((member) => member.vaultAccess)].some(
    (access) =>
      access.by === 'organization' ||
      (access.by === 'ouPaths' && access.ouPaths.some((path) => !path.includes('/ou-'))),
  );

const unique = (ids: readonly string[]) => [...new Set(ids)];

function tryPaths(views: readonly SiteView[], actors: Actors, run: Run): Tally {
  const paths = views
    .filter(({ site }) => actors.isGuarded(site.accountId))
    .flatMap((view) => attackPaths(view, actors).map((path) => ({ view, path })));
  const open = paths.filter(({ path }) => stoppedAt(path) === undefined);
  for (const { view, path } of open) run.fail(`nothing stops an administrator of ${view.label} who would ${path.name}`);
  return { right: paths.length - open.length, of: paths.length };
}
