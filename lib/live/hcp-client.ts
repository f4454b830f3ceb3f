import { setTimeout as wait } from 'node:timers/promises';
import { LiveError } from './live-error';

/** The host of HCP Terraform itself. */
export const HCP_HOST = 'app.terraform.io';

/** Something of HCP Terraform's, in the form of JSON:API. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, { readonly data?: { readonly id: string } | null }>>;
}

interface Body {
  readonly data?: Resource | readonly Resource[];
  readonly links?: { readonly next?: string | null };
  readonly errors?: readonly { readonly title?: string; readonly detail?: string }[];
}

export interface HcpClientProps {
  readonly token: string;
  /** Up to `/api/v2`, without a slash behind it. */
  readonly url: string;
}

const BUSY_WAITS_MS = [500, 1000, 2000, 4000];

/**
 * The token for a host from the environment, by the names that Terraform and its own provider take.
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#environment-variable-credentials
 * @throws LiveError where there is none
 */
export function hcpToken(host: string, env: NodeJS.ProcessEnv): string {
  const name = `TF_TOKEN_${host.replaceAll('-', '__').replaceAll('.', '_')}`;
  const token = env[name] || env.TFE_TOKEN;
  if (!token) throw new LiveError(`there is no token for ${host}: set ${name} or TFE_TOKEN`);
  return token;
}

/** Asks HCP Terraform, or a Terraform Enterprise. @see https://developer.hashicorp.com/terraform/cloud-docs/api-docs */
export class HcpClient {
  constructor(private readonly props: HcpClientProps) {}

  /** One thing; undefined where it is not there, or not to be seen with this token. */
  async find(path: string): Promise<Resource | undefined> {
    const body = await this.request('GET', path);
    return body?.data as Resource | undefined;
  }

  /** All things of a list, page by page; none where the list is not there. */
  async list(path: string): Promise<readonly Resource[]> {
    const found: Resource[] = [];
    let next: string | undefined = `${path}${path.includes('?') ? '&' : '?'}page%5Bsize%5D=100`;
    while (next !== undefined) {
      const body: Body | undefined = await this.request('GET', next);
      found.push(...((body?.data ?? []) as readonly Resource[]));
      next = body?.links?.next?.replace(/^.*\/api\/v2/, '');
    }
    return found;
  }

  /** Makes or adds something; nothing comes back from what only adds. */
  post(path: string, data: unknown): Promise<Resource | undefined> {
    return this.write('POST', path, data);
  }

  /** Changes what is named of something, and nothing else. */
  patch(path: string, data: unknown): Promise<Resource | undefined> {
    return this.write('PATCH', path, data);
  }

  private async write(method: string, path: string, data: unknown): Promise<Resource | undefined> {
    const body = await this.request(method, path, { data });
    if (body === undefined) throw new LiveError(`${method} ${path}: not found, or the token may not do it`);
    return body.data as Resource | undefined;
  }

  /** @throws LiveError with HCP Terraform's own words */
  private async request(method: string, path: string, payload?: object): Promise<Body | undefined> {
    for (const pause of [...BUSY_WAITS_MS, undefined]) {
      const response = await this.send(method, path, payload);
      const isBusy = response.status === 429 || response.status >= 500;
      if (isBusy && pause !== undefined) {
        await response.body?.cancel();
        await wait(pause);
        continue;
      }
      const text = await response.text();
      if (response.status === 404) return undefined;
      if (response.ok) return text === '' ? {} : (JSON.parse(text) as Body);
      throw new LiveError(`${method} ${path}: ${response.status} ${reasonIn(text)}`);
    }
    throw new Error('unreachable');
  }

  private async send(method: string, path: string, payload?: object): Promise<Response> {
    const { url, token } = this.props;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/vnd.api+json' };
    const body = payload === undefined ? {} : { body: JSON.stringify(payload) };
    return fetch(`${url}${path}`, { method, headers, ...body }).catch((error: Error) => {
      throw new LiveError(
        `${url} cannot be reached: ${error.cause instanceof Error ? error.cause.message : error.message}`,
      );
    });
  }
}

function reasonIn(text: string): string {
  try {
    const { errors = [] } = JSON.parse(text) as Body;
    return errors.map(({ title, detail }) => detail ?? title).join('; ');
  } catch {
    return text.slice(0, 200);
  }
}
