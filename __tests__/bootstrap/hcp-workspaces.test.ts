import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hcpChains } from '../../lib/bootstrap/hcp-workspaces';
import type { Row } from '../../lib/bootstrap/step';
import { takeSteps } from '../../lib/bootstrap/take-steps';
import { HcpClient, hcpToken } from '../../lib/live/hcp-client';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig } from '../support/a-config';

interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly project: string | undefined;
  readonly tags: string[];
  readonly consumers: string[];
  readonly triggers: string[];
  readonly isGlobal: boolean;
  isAssessed: boolean;
}

/** As much of HCP Terraform as bootstrap asks, with lists of one thing a page. */
class FakeHcp {
  readonly workspaces = new Map<string, Workspace>();
  readonly projects: string[] = [];
  readonly writes: string[] = [];
  isBusy = false;
  /** The name of a workspace that it will not make. */
  refused: string | undefined;
  private readonly server: Server;

  constructor(private readonly token: string) {
    this.server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { method = '', url = '', headers } = request;
      const [status, answer] =
        headers.authorization === `Bearer ${this.token}` ? this.answer(method, url, body) : [401, UNAUTHORIZED];
      response.writeHead(status, { 'content-type': 'application/vnd.api+json' });
      response.end(answer === undefined ? '' : JSON.stringify(answer));
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v2`;
  }

  stop = () => this.server.close();

  make(name: string, given: Partial<Workspace> = {}): Workspace {
    const id = `ws-${this.workspaces.size + 1}`;
    const nothing = { project: undefined, tags: [], consumers: [], triggers: [], isGlobal: false, isAssessed: false };
    const made = { id, name, ...nothing, ...given };
    this.workspaces.set(name, made);
    return made;
  }

  private answer(method: string, url: string, body: string): [number, object?] {
    if (this.isBusy) {
      this.isBusy = false;
      return [429, { errors: [{ detail: 'You have exceeded the rate limit' }] }];
    }
    const { pathname, searchParams } = new URL(url, 'http://hcp');
    const [, , , kind, owner = '', what, name] = pathname.split('/');
    const data = body === '' ? undefined : JSON.parse(body).data;
    if (method !== 'GET') this.writes.push(`${method} ${pathname} ${JSON.stringify(data)}`);
    if (kind === 'organizations' && owner !== 'acme') return [404, { errors: [{ title: 'not found' }] }];
    if (what === 'projects') return this.answerProjects(method, data, searchParams);
    if (kind === 'organizations') return this.answerWorkspaces(method, name ?? '', data);
    const workspace = [...this.workspaces.values()].find(({ id }) => id === owner);
    if (!workspace) return [404];
    if (method === 'PATCH') workspace.isAssessed = data.attributes['assessments-enabled'];
    if (method === 'PATCH') return [200, { data: { id: owner, type: 'workspaces' } }];
    if (what === 'run-triggers') return this.answerTriggers(method, workspace, data, searchParams);
    const list = name === 'tags' ? workspace.tags : workspace.consumers;
    if (method === 'POST') {
      for (const one of data) list.push(one.id ?? one.attributes.name);
      return [204];
    }
    const page = Number(searchParams.get('page[number]') ?? '1');
    const next = page < list.length ? `http://hcp${pathname}?page%5Bnumber%5D=${page + 1}` : null;
    return [200, { data: list.slice(page - 1, page).map((id) => ({ id, type: 'workspaces' })), links: { next } }];
  }

  private answerTriggers(
    method: string,
    { triggers }: Workspace,
    data: { relationships: { sourceable: { data: { id: string } } } },
    query: URLSearchParams,
  ): [number, object] {
    if (method === 'POST') triggers.push(data.relationships.sourceable.data.id);
    if (method === 'GET' && query.get('filter[run-trigger][type]') !== 'inbound') return [422, {}];
    const shown = triggers.map((id) => ({ id: `rt-${id}`, relationships: { sourceable: { data: { id } } } }));
    return method === 'POST' ? [201, { data: shown.at(-1) }] : [200, { data: shown }];
  }

  private answerProjects(
    method: string,
    data: { attributes: { name: string } },
    query: URLSearchParams,
  ): [number, object] {
    if (method === 'POST') this.projects.push(data.attributes.name);
    const shown = this.projects.map((name) => ({ id: `prj-${name}`, type: 'projects', attributes: { name } }));
    const named = shown.filter(({ attributes }) => attributes.name.includes(query.get('filter[names]') ?? ''));
    return [200, { data: method === 'POST' ? shown.at(-1) : named }];
  }

  private answerWorkspaces(method: string, name: string, data: PostedWorkspace): [number, object] {
    if (data && data.attributes.name === this.refused) return [422, { errors: [{ detail: 'name is taken' }] }];
    const project = data?.relationships?.project.data.id;
    const found = method === 'POST' ? this.make(data.attributes.name, { project }) : this.workspaces.get(name);
    if (!found) return [404, { errors: [{ title: 'not found' }] }];
    const attributes = {
      name: found.name,
      'tag-names': found.tags,
      'global-remote-state': found.isGlobal,
      'assessments-enabled': found.isAssessed,
    };
    return [200, { data: { id: found.id, type: 'workspaces', attributes } }];
  }
}

interface PostedWorkspace {
  readonly attributes: { readonly name: string };
  readonly relationships?: { readonly project: { readonly data: { readonly id: string } } };
}

const UNAUTHORIZED = { errors: [{ status: '401', title: 'unauthorized' }] };
const STATE = {
  backend: 'hcp',
  organization: 'acme',
  project: 'backup',
  workspacePrefix: 'b-',
  runTriggers: false,
  healthAssessments: false,
} as const;
const TOPOLOGY = resolveTopology(aConfig({ state: STATE }));
const MANAGEMENT = 'b-management';
const DESTINATION = 'b-destination-vault-eu-west-1';
const SOURCE = 'b-source-production-us-east-1';

describe('workspaces of HCP Terraform', () => {
  let hcp: FakeHcp;
  let url: string;
  beforeEach(async () => {
    hcp = new FakeHcp('secret');
    url = await hcp.start();
  });
  afterEach(() => hcp.stop());

  const run = async (
    isDryRun = false,
    { state = STATE, token = 'secret' }: { state?: object; token?: string } = {},
  ) => {
    const chains = hcpChains(new HcpClient({ url, token }), { ...STATE, ...state }, TOPOLOGY);
    const rows: Row[] = [];
    for (const some of [chains.project, chains.workspaces, chains.sharing])
      rows.push(...(await takeSteps(some, { isDryRun, onRow: () => {} })));
    return rows;
  };
  const resultsOf = (rows: readonly Row[]) => rows.map(({ what, where, result }) => `${what} ${where.name}: ${result}`);

  test('are made with their tags, and share their states with the stacks that read them, and no other', async () => {
    const rows = await run();

    expect(new Set(rows.map(({ result }) => result))).toEqual(new Set(['done']));
    const named = (name: string) => hcp.workspaces.get(name);
    expect(named(SOURCE)).toMatchObject({
      project: 'prj-backup',
      tags: ['cross-account-backup', 'role:source', 'account:111111111111', 'region:us-east-1'],
      consumers: [],
    });
    expect(named(MANAGEMENT)?.consumers).toEqual([named(DESTINATION)?.id, named(SOURCE)?.id]);
    expect(named(DESTINATION)?.consumers).toEqual([named(SOURCE)?.id]);
  });

  test('stay as they are when they are all right', async () => {
    await run();
    hcp.writes.length = 0;

    expect(new Set((await run()).map(({ result }) => result))).toEqual(new Set(['already']));
    expect(hcp.writes).toEqual([]);
  });

  test('are completed where some are there, and keep what else they have', async () => {
    hcp.projects.push('backup', 'backup-of-others');
    hcp.make(MANAGEMENT, { isGlobal: true, tags: ['theirs', 'cross-account-backup'] });
    const other = hcp.make('other');
    hcp.make(DESTINATION, { consumers: [other.id] });

    const rows = await run();

    expect(resultsOf(rows)).toEqual([
      'project backup: already',
      `workspace ${MANAGEMENT}: already`,
      `workspace tags ${MANAGEMENT}: done`,
      `workspace ${DESTINATION}: already`,
      `workspace tags ${DESTINATION}: done`,
      `workspace ${SOURCE}: done`,
      `workspace tags ${SOURCE}: done`,
      `state sharing ${MANAGEMENT}: already`,
      `state sharing ${DESTINATION}: done`,
    ]);
    expect(hcp.workspaces.get(MANAGEMENT)?.tags.slice(0, 2)).toEqual(['theirs', 'cross-account-backup']);
    expect(hcp.workspaces.get(DESTINATION)?.consumers).toEqual([other.id, hcp.workspaces.get(SOURCE)?.id]);
  });

  test('are only looked for in a dry run, which names what it would send', async () => {
    const rows = await run(true);

    expect(hcp.writes).toEqual([]);
    expect(
      rows.flatMap(({ calls }) => calls).map(({ operation, parameters }) => ({ operation, ...parameters })),
    ).toEqual(
      expect.arrayContaining([
        { operation: 'POST /organizations/acme/projects', name: 'backup' },
        { operation: 'POST /organizations/acme/workspaces', name: SOURCE, project: 'backup' },
        {
          operation: `POST /workspaces/${MANAGEMENT}/relationships/remote-state-consumers`,
          workspaces: [DESTINATION, SOURCE],
        },
      ]),
    );
  });

  const ASKED = { runTriggers: true, healthAssessments: true };

  test('plan again after what they read, and are assessed, where the config asks for it', async () => {
    await run();
    expect(hcp.workspaces.get(SOURCE)).toMatchObject({ triggers: [], isAssessed: false });

    const rows = await run(false, { state: ASKED });

    const named = (name: string) => hcp.workspaces.get(name);
    expect(named(SOURCE)).toMatchObject({
      triggers: [named(MANAGEMENT)?.id, named(DESTINATION)?.id],
      isAssessed: true,
    });
    expect(named(DESTINATION)?.triggers).toEqual([named(MANAGEMENT)?.id]);
    expect(named(MANAGEMENT)).toMatchObject({ triggers: [], isAssessed: true });
    expect(resultsOf(rows).filter((row) => /run triggers|health/.test(row))).toEqual([
      `health assessments ${MANAGEMENT}: done`,
      `health assessments ${DESTINATION}: done`,
      `health assessments ${SOURCE}: done`,
      `run triggers ${DESTINATION}: done`,
      `run triggers ${SOURCE}: done`,
    ]);
    hcp.writes.length = 0;
    expect(new Set((await run(false, { state: ASKED })).map(({ result }) => result))).toEqual(new Set(['already']));
    expect(hcp.writes).toEqual([]);
  });

  test('name their run triggers in a dry run, where none of them is there yet', async () => {
    const rows = await run(true, { state: ASKED });
    const calls = rows.flatMap(({ calls }) => calls).map(({ operation, parameters }) => ({ operation, ...parameters }));
    expect(calls).toContainEqual({ operation: `POST /workspaces/${SOURCE}/run-triggers`, sourceable: DESTINATION });
    expect(calls).toContainEqual({ operation: `PATCH /workspaces/${SOURCE}`, 'assessments-enabled': true });
    expect(hcp.writes).toEqual([]);
  });

  test('are not called shared with one that could not be made, nor run after it', async () => {
    hcp.refused = DESTINATION;
    const failed = (await run(false, { state: ASKED })).filter(({ result }) => result === 'failed');

    const lacking = `there are no workspaces of these names, for they could not be made: ${DESTINATION}`;
    expect(failed.map(({ what, where, reason }) => [`${what} ${where.name}`, reason])).toEqual([
      [`workspace ${DESTINATION}`, 'POST /organizations/acme/workspaces: 422 name is taken'],
      [`state sharing ${MANAGEMENT}`, lacking],
      [`state sharing ${DESTINATION}`, expect.stringContaining('not found')],
      [`run triggers ${DESTINATION}`, expect.stringContaining('not found')],
      [`run triggers ${SOURCE}`, lacking],
    ]);
  });

  test('wait while HCP Terraform is busy', async () => {
    hcp.isBusy = true;
    expect((await run()).map(({ result }) => result)).not.toContain('failed');
  });

  test('fail in the words of HCP Terraform', async () => {
    const [first] = await run(false, { token: 'wrong' });
    expect(first?.reason).toMatch(/^GET \/organizations\/acme\/projects\S*: 401 unauthorized$/);
    const [, second] = await run(false, { state: { organization: 'other' } });
    expect(second?.reason).toBe('POST /organizations/other/workspaces: not found, or the token may not do it');
  });
});

describe('hcpToken', () => {
  test.each([
    ['app.terraform.io', { TF_TOKEN_app_terraform_io: 'one', TFE_TOKEN: 'two' }, 'one'],
    ['app.terraform.io', { TFE_TOKEN: 'two' }, 'two'],
    ['tfe.my-company.example', { TF_TOKEN_tfe_my__company_example: 'three' }, 'three'],
  ])('of %s is %j: %s', (host, env, token) => expect(hcpToken(host, env)).toBe(token));

  test('fails when the environment has none, and names the variables', () => {
    expect(() => hcpToken('app.terraform.io', {})).toThrow(
      'there is no token for app.terraform.io: set TF_TOKEN_app_terraform_io or TFE_TOKEN',
    );
  });
});
