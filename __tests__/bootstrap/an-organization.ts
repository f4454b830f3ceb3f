import type { IncomingMessage } from 'node:http';
import { type BootstrapOptions, type Bootstrapped, bootstrap } from '../../lib/bootstrap/bootstrap';
import type { Row } from '../../lib/bootstrap/step';
import type { Config } from '../../lib/config/config';
import type { Ambient, ClientConfig } from '../../lib/live/sessions';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import type { Topology } from '../../lib/topology/topology';
import { type EmulatedAws, startEmulatedAws } from '../../sandbox/emulated-aws';
import type { Scope } from '../../sandbox/gateway/signature';
import { foundOrganization } from '../../sandbox/trial/found-organization';
import { assumeRole, type Credentials } from '../../sandbox/trial/identities';
import { organizationOf } from '../../sandbox/trial/organization';

/** An organization of a config in which nothing is prepared, and all that comes to its gateway. */
export interface FoundOrganization {
  readonly aws: EmulatedAws;
  readonly topology: Topology;
  /** What the gateway has been asked since the last call, such as `iam:CreateRole`; reads and sessions left out. */
  takeWrites(): string[];
  bootstrap(options?: Partial<BootstrapOptions>, ambient?: Partial<Ambient>): Promise<Bootstrapped>;
  /** What a client takes to be an administrator of an account. */
  administrator(accountId: string, region?: string): Promise<ClientConfig>;
  stop(): Promise<void>;
}

export async function anOrganization(config: Config): Promise<FoundOrganization> {
  const topology = resolveTopology(config);
  const { management } = topology;
  const asked: Asked[] = [];
  const aws = await startEmulatedAws({
    organization: organizationOf(topology),
    intercept: (scope, incoming) => {
      if (scope) asked.push(listenTo(scope, incoming));
      return undefined;
    },
  });
  const credentials = await foundOrganization(aws.motoUrl, topology);
  asked.length = 0;
  const roleOf = (accountId: string) =>
    `arn:${management.partition}:iam::${accountId}:role/OrganizationAccountAccessRole`;
  const administrator = (accountId: string): Promise<Credentials> =>
    accountId === management.accountId
      ? Promise.resolve(credentials)
      : assumeRole(aws.url, credentials, roleOf(accountId));
  return {
    aws,
    topology,
    takeWrites: () =>
      asked
        .splice(0)
        .map(operationOf)
        .filter((operation) => !READS.test(operation)),
    bootstrap: (options = {}, ambient = {}) =>
      bootstrap(
        config,
        topology,
        { endpoint: aws.url, credentials, ...ambient },
        { isDryRun: false, makesDeployRoles: false, env: {}, onRow: () => {}, ...options },
      ),
    administrator: async (accountId, region = management.region) => ({
      endpoint: aws.url,
      region,
      credentials: await administrator(accountId),
      maxAttempts: 1,
    }),
    stop: () => aws.stop(),
  };
}

/** The result of each row, under what it is and where. */
export const resultsOf = ({ rows }: Bootstrapped): Record<string, Row['result']> =>
  Object.fromEntries(rows.map(({ what, where, result }) => [nameOf({ what, where }), result]));

export const nameOf = ({ what, where }: Pick<Row, 'what' | 'where'>) =>
  `${what}, ${where.name}${where.region === undefined ? '' : ` ${where.region}`}`;

interface Asked {
  readonly scope: Scope;
  readonly incoming: IncomingMessage;
  readonly chunks: Buffer[];
}

/** Of a form the operation is in the body, which the gateway reads anyway. */
function listenTo(scope: Scope, incoming: IncomingMessage): Asked {
  const chunks: Buffer[] = [];
  if (String(incoming.headers['content-type']).startsWith('application/x-www-form-urlencoded'))
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { scope, incoming, chunks };
}

const READS = /^[\w-]+:(?:Get|List|Describe|HEAD|GET|AssumeRole)/;

function operationOf({ scope: { service }, incoming, chunks }: Asked): string {
  const target = incoming.headers['x-amz-target'];
  if (target !== undefined) return `${service}:${String(target).replace(/^.*\./, '')}`;
  const action = new URLSearchParams(Buffer.concat(chunks).toString()).get('Action');
  const path = (incoming.url ?? '')
    .replace(/[?&]x-id=\w+/, '')
    .replace(/[/=]$/, '')
    .replace('/?', '?');
  return `${service}:${action ?? `${incoming.method} ${path}`}`;
}
