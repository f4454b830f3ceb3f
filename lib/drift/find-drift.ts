import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HCP_HOST, HcpClient, hcpToken, type Resource } from '../live/hcp-client';
import { inParallel } from '../live/in-parallel';
import { LiveError } from '../live/live-error';
import { type Ambient, Sessions } from '../live/sessions';
import { planStack } from '../terraform/plan-stack';
import { installProviders, type Providers } from '../terraform/providers';
import type { Terraform } from '../terraform/terraform';
import { TerraformError } from '../terraform/terraform-error';
import { everySite } from '../topology/every-site';
import type { Site, Topology } from '../topology/topology';
import { constructNames, type StackJson } from './constructs';
import { failureOf } from './failure';
import type { PlanJson } from './plan-json';
import { NOTHING, readPlan } from './read-plan';
import type { DriftReport, StackReport } from './report';
import { type UnownedState, unownedFiles, unownedObjects, unownedWorkspaces } from './unowned-states';

export interface DriftSearch {
  readonly terraform: Terraform;
  /** Where the stacks were synthesized to; Terraform works in it. */
  readonly folder: string;
  /** Names of the stacks to plan; states that nobody owns are sought only where it is empty, for all. */
  readonly stacks: readonly string[];
  /** Plans at a time. */
  readonly jobs: number;
  readonly ambient?: Omit<Ambient, 'region'>;
  /** @default - the host of the config */
  readonly hcpUrl?: string;
  /** Called when a stack has been planned. */
  onStack(): void;
}

/**
 * Plans stacks side by side and says what is otherwise than the config has it, and by whom.
 * @throws TerraformError where no provider can be had
 */
export async function findDrift(topology: Topology, search: DriftSearch): Promise<DriftReport> {
  const sites = everySite(topology);
  const wanted = sites.filter(({ stackName }) => search.stacks.length === 0 || search.stacks.includes(stackName));
  const workspaces = await orProblem(() => workspacesOf(topology, search));
  const begun = wanted.map((site) => ({
    site,
    json: readStack(search.folder, site),
    lacks: lacksWorkspace(topology, site, workspaces),
  }));
  const providers = await installAll(
    search,
    begun.filter(({ lacks }) => lacks === undefined).map(({ json }) => json),
  );
  const stacks = await inParallel(search.jobs, begun, async ({ site, json, lacks }) => {
    const report = lacks ?? (await planned(search, site, json, providers, sites));
    search.onStack();
    return report;
  });
  if (search.stacks.length > 0) return { stacks, unownedStates: [] };
  const unowned = await orProblem(() => unownedStates(topology, search, workspaces));
  return 'problem' in unowned
    ? { stacks, unownedStates: [], unlisted: unowned.problem }
    : { stacks, unownedStates: unowned.value };
}

const stackFolder = (folder: string, { stackName }: Site) => join(folder, 'stacks', stackName);

const readStack = (folder: string, site: Site) =>
  JSON.parse(readFileSync(join(stackFolder(folder, site), 'cdk.tf.json'), 'utf8')) as StackJson;

type Installed = ReadonlyMap<string, Providers | TerraformError>;

const releasesOf = ({ terraform }: StackJson) => JSON.stringify(terraform.required_providers);

/** Providers by the releases that stacks ask for, one after the other: two inits at a time spoil a plugin cache. */
async function installAll({ terraform, folder }: DriftSearch, stacks: readonly StackJson[]): Promise<Installed> {
  const installed = new Map<string, Providers | TerraformError>();
  for (const stack of stacks) {
    const releases = releasesOf(stack);
    if (installed.has(releases)) continue;
    const at = join(folder, 'providers', String(installed.size));
    const made = await installProviders(terraform, at, stack.terraform.required_providers).catch((error: unknown) => {
      if (error instanceof TerraformError) return error;
      throw error;
    });
    installed.set(releases, made);
  }
  const [first] = installed.values();
  if (installed.size === 1 && first instanceof TerraformError) throw first;
  return installed;
}

async function planned(
  { terraform, folder }: DriftSearch,
  site: Site,
  json: StackJson,
  installed: Installed,
  sites: readonly Site[],
): Promise<StackReport> {
  const providers = installed.get(releasesOf(json));
  if (providers === undefined || providers instanceof TerraformError)
    return { ...whereOf(site), is: 'failed', reason: providers?.message ?? 'it has no providers' };
  const result = await planStack(terraform, stackFolder(folder, site), providers);
  if (result.is === 'unchanged') return { ...whereOf(site), is: 'planned', ...NOTHING };
  if (result.is === 'changed')
    return { ...whereOf(site), is: 'planned', ...readPlan(result.plan as PlanJson, constructNames(json)) };
  const names = sites.map(({ stackName }) => stackName);
  return { ...whereOf(site), ...failureOf(result.errors, site, names) };
}

const whereOf = ({ stackName, accountId, region }: Site) => ({ stack: stackName, accountId, region });

type Attempt<Value> = { readonly value: Value } | { readonly problem: string };

async function orProblem<Value>(look: () => Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await look() };
  } catch (error) {
    if (error instanceof LiveError) return { problem: error.message };
    throw error;
  }
}

/** The workspaces of HCP Terraform; none with another backend. */
async function workspacesOf({ state }: Topology, { terraform, hcpUrl }: DriftSearch): Promise<readonly Resource[]> {
  if (state.backend !== 'hcp') return [];
  const host = state.hostname ?? HCP_HOST;
  const client = new HcpClient({ token: hcpToken(host, terraform.env), url: hcpUrl ?? `https://${host}/api/v2` });
  const search = state.workspacePrefix === '' ? '' : `?search%5Bname%5D=${encodeURIComponent(state.workspacePrefix)}`;
  return client.list(`/organizations/${encodeURIComponent(state.organization)}/workspaces${search}`);
}

/** Terraform makes a workspace that is not there as soon as it is initialized, and this only looks. */
function lacksWorkspace(
  { state }: Topology,
  site: Site,
  workspaces: Attempt<readonly Resource[]>,
): StackReport | undefined {
  if (state.backend !== 'hcp') return undefined;
  if ('problem' in workspaces) return { ...whereOf(site), is: 'failed', reason: workspaces.problem };
  const name = `${state.workspacePrefix}${site.stackName}`;
  if (workspaces.value.some(({ attributes }) => attributes?.name === name)) return undefined;
  return { ...whereOf(site), is: 'failed', reason: `there is no workspace ${name}: npm run bootstrap makes it` };
}

async function unownedStates(
  topology: Topology,
  { ambient = {} }: DriftSearch,
  workspaces: Attempt<readonly Resource[]>,
): Promise<UnownedState[]> {
  const { state, management } = topology;
  switch (state.backend) {
    case 'local':
      return unownedFiles(state, topology);
    case 'hcp':
      return 'value' in workspaces ? unownedWorkspaces(workspaces.value, state, topology) : [];
    case 's3': {
      const sessions = new Sessions({ ...ambient, region: management.region }, 'cross-account-backup-drift');
      try {
        return await unownedObjects(sessions, state, topology);
      } finally {
        sessions.close();
      }
    }
  }
}
