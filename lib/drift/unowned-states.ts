import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, type ListObjectsV2CommandOutput, S3Client } from '@aws-sdk/client-s3';
import { roleArn } from '../aws/arn';
import type { StateConfig } from '../config/state-config';
import { ask } from '../live/ask';
import type { Resource } from '../live/hcp-client';
import type { Sessions } from '../live/sessions';
import { everySite } from '../topology/every-site';
import { isStackName } from '../topology/names';
import type { Topology } from '../topology/topology';

/** A state that holds resources and belongs to no stack of the config. */
export interface UnownedState {
  /** The stack that made it. */
  readonly stack: string;
  /** The file, object or workspace. */
  readonly where: string;
  readonly resources: number;
}

type State<Backend extends StateConfig['backend']> = Extract<StateConfig, { backend: Backend }>;

/** How what every state of a backend is called ends. */
const SUFFIX = '.tfstate';

/** States in a folder of this machine. */
export function unownedFiles({ path }: State<'local'>, topology: Topology): UnownedState[] {
  if (!existsSync(path)) return [];
  return strangersAmong(readdirSync(path), topology).flatMap(({ stack, name }) =>
    holding(stack, join(path, name), readFileSync(join(path, name), 'utf8')),
  );
}

/**
 * States in a bucket.
 * @throws LiveError where it cannot be read
 */
export async function unownedObjects(
  sessions: Sessions,
  state: State<'s3'>,
  topology: Topology,
): Promise<UnownedState[]> {
  const { bucket: Bucket, accountId, role, region } = state;
  const { partition } = topology.management;
  const session =
    role === undefined || accountId === undefined
      ? sessions.ambient
      : await sessions.as([roleArn(partition, accountId, role)]);
  const s3 = sessions.client((config) => new S3Client(config), session, region);
  const Prefix = `${state.keyPrefix}/`;
  const names: string[] = [];
  let next: string | undefined;
  do {
    const page: ListObjectsV2CommandOutput = await ask('s3:ListBucket', () =>
      s3.send(new ListObjectsV2Command({ Bucket, Prefix, ...(next ? { ContinuationToken: next } : {}) })),
    );
    names.push(...(page.Contents ?? []).map(({ Key = '' }) => Key.slice(Prefix.length)));
    next = page.NextContinuationToken;
  } while (next !== undefined);
  const found = await Promise.all(
    strangersAmong(names, topology).map(async ({ stack, name }) => {
      const Key = `${Prefix}${name}`;
      const { Body } = await ask('s3:GetObject', () => s3.send(new GetObjectCommand({ Bucket, Key })));
      return holding(stack, `s3://${Bucket}/${Key}`, (await Body?.transformToString()) ?? '');
    }),
  );
  return found.flat();
}

/** Workspaces of HCP Terraform, of all that there are. */
export const unownedWorkspaces = (
  workspaces: readonly Resource[],
  { organization, workspacePrefix }: State<'hcp'>,
  topology: Topology,
): UnownedState[] =>
  workspaces.flatMap(({ attributes = {} }) => {
    const name = String(attributes.name);
    const [stranger] = name.startsWith(workspacePrefix)
      ? strangersAmong([`${name.slice(workspacePrefix.length)}${SUFFIX}`], topology)
      : [];
    const resources = Number(attributes['resource-count'] ?? 0);
    return stranger && resources > 0 ? [{ stack: stranger.stack, where: `${organization}/${name}`, resources }] : [];
  });

/** Names of states that a stack of this project's could have, but none of this config has. */
function strangersAmong(names: readonly string[], topology: Topology): { stack: string; name: string }[] {
  const owned = new Set(everySite(topology).map(({ stackName }) => stackName));
  return names
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => ({ name, stack: name.slice(0, -SUFFIX.length) }))
    .filter(({ stack }) => isStackName(stack) && !owned.has(stack));
}

interface StateJson {
  readonly resources?: readonly { readonly mode?: string; readonly instances?: readonly unknown[] }[];
}

/** What a destroy leaves is a state without resources, which is nobody's concern. */
function holding(stack: string, where: string, text: string): UnownedState[] {
  const { resources = [] } = (text === '' ? {} : JSON.parse(text)) as StateJson;
  const count = resources
    .filter(({ mode }) => mode === 'managed')
    .reduce((sum, { instances = [] }) => sum + instances.length, 0);
  return count === 0 ? [] : [{ stack, where, resources: count }];
}
