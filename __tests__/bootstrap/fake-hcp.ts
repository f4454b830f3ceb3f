import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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
export class FakeHcp {
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
