import { isDeepStrictEqual } from 'node:util';
import { type Made, resolved } from './intrinsics';
import { alias, key } from './keys';
import type { Properties, ResourceType, StackClients, Tags } from './resource-type';
import { role } from './roles';
import type { Template, TemplateResource } from './template';
import { vault } from './vaults';

const TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::Backup::BackupVault': vault,
  'AWS::IAM::Role': role,
  'AWS::KMS::Alias': alias,
  'AWS::KMS::Key': key,
};

/** Where a stack is, and by whom it is made. */
export interface StackOrder {
  readonly template: Template;
  readonly pseudoParameters: Readonly<Record<string, string>>;
  readonly tags: Tags;
  readonly clients: StackClients;
}

/** A resource of a stack that is there. */
interface StackResource extends Made {
  readonly type: string;
  readonly isRetained: boolean;
  properties: Properties;
  /** The stack's, as it was brought to them. */
  tags: Tags;
}

/** What a stack holds, by logical id, in the order it was made. */
export type StackResources = Map<string, StackResource>;

/** Why a stack could not be brought to its template, in AWS's words. */
export class StackFailure extends Error {
  override readonly name = 'StackFailure';
}

/**
 * Makes what a template holds and a stack lacks, changes what is there otherwise, and takes away what the template has
 * no more. A new stack that fails is taken back, but for what its template retains.
 * @throws StackFailure that names the resource and what its service said
 */
export async function bringTo(resources: StackResources, order: StackOrder): Promise<void> {
  const isNew = resources.size === 0;
  const ids = new Set(order.template.resources.map(([id]) => id));
  try {
    for (const [id, resource] of order.template.resources)
      await reasoned(id, resource.Type, () => bringResource(resources, id, resource, order));
    for (const [id] of [...resources].reverse()) if (!ids.has(id)) await takeAway(resources, id, order.clients);
  } catch (error) {
    // What cannot be taken back stays, and the first failure is the one to tell.
    if (isNew) await emptyStack(resources, order.clients).catch(() => {});
    throw error;
  }
}

/** Deletes what a stack holds, but for what its template retains. */
export async function emptyStack(resources: StackResources, clients: StackClients): Promise<void> {
  for (const id of [...resources.keys()].reverse()) await takeAway(resources, id, clients);
}

async function bringResource(
  resources: StackResources,
  id: string,
  { Type, Properties: given = {}, DeletionPolicy }: TemplateResource,
  { clients, pseudoParameters, tags }: StackOrder,
): Promise<void> {
  const type = TYPES[Type];
  if (!type) throw new Error(`the sandbox makes no resources of the type ${Type}`);
  const properties = resolved(given, { pseudoParameters, resources }) as Properties;
  const unknown = Object.keys(properties).find((name) => !type.properties.includes(name));
  if (unknown !== undefined) throw new Error(`the sandbox does not know its property ${unknown}`);
  const standing = resources.get(id);
  if (!standing) {
    const made = await type.create(properties, clients, tags);
    resources.set(id, { ...made, type: Type, isRetained: DeletionPolicy === 'Retain', properties, tags });
    return;
  }
  if (isDeepStrictEqual([properties, tags], [standing.properties, standing.tags])) return;
  const fixed = type.properties.find(
    (name) => !type.changeable.includes(name) && !isDeepStrictEqual(properties[name], standing.properties[name]),
  );
  if (fixed !== undefined) throw new Error(`the sandbox replaces no resource, as its new ${fixed} would ask for`);
  await type.update(standing, properties, clients, tags);
  standing.properties = properties;
  standing.tags = tags;
}

async function takeAway(resources: StackResources, id: string, clients: StackClients): Promise<void> {
  const resource = resources.get(id);
  if (resource && !resource.isRetained)
    await reasoned(id, resource.type, async () => TYPES[resource.type]?.delete(resource, resource.properties, clients));
  resources.delete(id);
}

async function reasoned(id: string, type: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StackFailure(`ResourceLogicalId:${id}, ResourceType:${type}, ResourceStatusReason:${reason}`);
  }
}
