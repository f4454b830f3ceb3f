import type { StateConfig } from '../config/state-config';
import type { HcpClient } from '../live/hcp-client';
import { LiveError } from '../live/live-error';
import { everySite } from '../topology/every-site';
import { stateReaders } from '../topology/state-readers';
import type { Site, Topology } from '../topology/topology';
import { assessmentsStep, runTriggersStep } from './hcp-runs';
import { idsOf, type KnownWorkspaces } from './known-workspaces';
import type { Call, Chain, Sight, Step } from './step';

type HcpState = Extract<StateConfig, { backend: 'hcp' }>;

/** Chains that go side by side, and those that need what comes of them. */
export interface HcpChains {
  readonly project: readonly Chain[];
  readonly workspaces: readonly Chain[];
  readonly sharing: readonly Chain[];
}

/** How many workspaces one request shares a state with. */
const SHARED_AT_ONCE = 100;

/**
 * The workspaces of the stacks: made where they lack, with tags, and sharing their states with the stacks that read them.
 * Where the config asks for it, those plan again after each apply, and HCP Terraform looks for drift in all of them.
 */
export function hcpChains(client: HcpClient, state: HcpState, topology: Omit<Topology, 'state'>): HcpChains {
  const known: KnownWorkspaces = new Map();
  const nameOf = (stackName: string) => `${state.workspacePrefix}${stackName}`;
  const project: { id: string | undefined } = { id: undefined };
  const readers = stateReaders(topology);
  return {
    project:
      state.project === undefined
        ? []
        : [chain('project', state.project, [projectStep(client, state, state.project, project)])],
    workspaces: everySite(topology).map((site) => {
      const name = nameOf(site.stackName);
      return chain('workspace', name, [
        { ...workspaceStep(client, state, name, known, project), isNeededByNext: true },
        tagsStep(client, name, known, tagsOf(site)),
        ...(state.healthAssessments ? [assessmentsStep(client, name, known)] : []),
      ]);
    }),
    sharing: [
      ...[...readers].map(([stackName, ofOne]) =>
        chain('state sharing', nameOf(stackName), [sharingStep(client, nameOf(stackName), ofOne.map(nameOf), known)]),
      ),
      ...(state.runTriggers ? [...producersOf(readers)] : []).map(([stackName, producers]) =>
        chain('run triggers', nameOf(stackName), [
          runTriggersStep(client, nameOf(stackName), producers.map(nameOf), known),
        ]),
      ),
    ],
  };
}

/** By the name of each stack that reads others' outputs, the names of those. */
function producersOf(readers: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const producers = new Map<string, string[]>();
  for (const [producer, ofOne] of readers)
    for (const reader of ofOne) producers.set(reader, [...(producers.get(reader) ?? []), producer]);
  return producers;
}

const chain = (what: string, name: string, steps: readonly Step[]): Chain => ({
  what,
  where: { name },
  steps: () => Promise.resolve(steps),
});

const tagsOf = ({ role, accountId, region }: Site): string[] => [
  'cross-account-backup',
  `role:${role}`,
  `account:${accountId}`,
  `region:${region}`,
];

const post = (path: string, parameters: Call['parameters'], send: Call['send']): Call => ({
  service: 'hcp',
  operation: `POST ${path}`,
  parameters,
  send,
});

function projectStep(client: HcpClient, state: HcpState, name: string, project: { id: string | undefined }): Step {
  const path = `/organizations/${state.organization}/projects`;
  const look = async (): Promise<Sight> => {
    const all = await client.list(`${path}?filter%5Bnames%5D=${encodeURIComponent(name)}`);
    project.id = all.find(({ attributes }) => attributes?.name === name)?.id;
    const create = post(path, { name }, async () => {
      project.id = (await client.post(path, { type: 'projects', attributes: { name } }))?.id;
    });
    return { was: project.id === undefined ? 'none' : 'there', is: 'there', calls: project.id ? [] : [create] };
  };
  return { what: 'project', where: { name }, look };
}

function workspaceStep(
  client: HcpClient,
  state: HcpState,
  name: string,
  known: KnownWorkspaces,
  project: { readonly id: string | undefined },
): Step {
  const path = `/organizations/${state.organization}/workspaces`;
  const look = async (): Promise<Sight> => {
    const found = await client.find(`${path}/${name}`);
    if (found) known.set(name, found);
    const create = post(path, { name, ...(state.project ? { project: state.project } : {}) }, async () => {
      // HCP Terraform would make it in the organization's own project, where it stays.
      if (state.project !== undefined && project.id === undefined)
        throw new LiveError(`there is no project ${state.project} to make it in`);
      const inProject = { relationships: { project: { data: { type: 'projects', id: project.id } } } };
      const attributes = { name, 'global-remote-state': false };
      const data = { type: 'workspaces', attributes, ...(project.id === undefined ? {} : inProject) };
      const made = await client.post(path, data);
      if (made) known.set(name, made);
    });
    return { was: found ? 'there' : 'none', is: 'there', calls: found ? [] : [create] };
  };
  return { what: 'workspace', where: { name }, look };
}

function tagsStep(client: HcpClient, name: string, known: KnownWorkspaces, wanted: readonly string[]): Step {
  const look = async (): Promise<Sight> => {
    const workspace = known.get(name);
    const present = (workspace?.attributes?.['tag-names'] ?? []) as readonly string[];
    const lacking = wanted.filter((tag) => !present.includes(tag));
    const path = `/workspaces/${workspace?.id ?? name}/relationships/tags`;
    const add = post(path, { tags: lacking }, () =>
      client.post(
        path,
        lacking.map((tag) => ({ type: 'tags', attributes: { name: tag } })),
      ),
    );
    const is = [...present, ...lacking].join(', ');
    return { was: present.join(', ') || 'none', is, calls: lacking.length === 0 ? [] : [add] };
  };
  return { what: 'workspace tags', where: { name }, look };
}

function sharingStep(client: HcpClient, name: string, readers: readonly string[], known: KnownWorkspaces): Step {
  const look = async (): Promise<Sight> => {
    const workspace = known.get(name);
    if (workspace?.attributes?.['global-remote-state'] === true)
      return { was: 'all workspaces', is: 'all workspaces', calls: [] };
    const path = `/workspaces/${workspace?.id ?? name}/relationships/remote-state-consumers`;
    const consumers = workspace === undefined ? [] : await client.list(path);
    const present = new Set(consumers.map(({ id }) => id));
    const lacking = readers.filter((reader) => !present.has(known.get(reader)?.id ?? ''));
    const calls = Array.from({ length: Math.ceil(lacking.length / SHARED_AT_ONCE) }, (_, index) => {
      const some = lacking.slice(index * SHARED_AT_ONCE, (index + 1) * SHARED_AT_ONCE);
      return post(path, { workspaces: some }, async () => {
        const ids = idsOf(some, known);
        await client.post(
          path,
          ids.map((id) => ({ type: 'workspaces', id })),
        );
      });
    });
    const count = (readersThere: number) => `${readersThere} of ${readers.length} that read it`;
    return { was: count(readers.length - lacking.length), is: count(readers.length), calls };
  };
  return { what: 'state sharing', where: { name }, look };
}
