import { ApiError } from '../wire/api-error';
import { referencesIn } from './intrinsics';

/** A resource as a template has it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
}

/** A template, as far as the sandbox reads it. */
export interface Template {
  /** In an order in which each can be made: what it refers to comes before it. */
  readonly resources: readonly (readonly [id: string, resource: TemplateResource])[];
}

const invalid = (message: string) => new ApiError('ValidationError', message);

/** What a template may have besides its resources, and says nothing that the sandbox would have to do. */
const READ = ['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Resources'];

/**
 * Reads a template that is JSON.
 * @throws ApiError with CloudFormation's ValidationError when it is none, or uses what the sandbox does not know
 */
export function readTemplate(text: string): Template {
  const template = parse(text);
  const unknown = Object.keys(template).find((section) => !READ.includes(section));
  if (unknown !== undefined) throw invalid(`the sandbox reads no ${unknown} in a template`);
  const resources = Object.entries((template.Resources ?? {}) as Record<string, TemplateResource>);
  if (resources.length === 0) throw invalid('Template format error: At least one Resources member must be defined.');
  return { resources: inOrder(new Map(resources)) };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const template: unknown = JSON.parse(text);
    if (typeof template === 'object' && template !== null) return template as Record<string, unknown>;
  } catch {}
  throw invalid('Template format error: JSON not well-formed.');
}

/** Each after everything that it waits for. */
function inOrder(resources: ReadonlyMap<string, TemplateResource>): (readonly [string, TemplateResource])[] {
  const done = new Map<string, TemplateResource>();
  const add = (id: string, path: readonly string[]): void => {
    const resource = resources.get(id);
    if (done.has(id) || !resource) return;
    if (path.includes(id)) throw invalid(`Circular dependency between resources: [${path.join(', ')}]`);
    for (const other of waitsFor(resource)) {
      if (!resources.has(other))
        throw invalid(
          `Template format error: Unresolved resource dependencies [${other}] in the Resources block of the template`,
        );
      add(other, [...path, id]);
    }
    done.set(id, resource);
  };
  for (const id of resources.keys()) add(id, []);
  return [...done];
}

const waitsFor = ({ DependsOn = [], Properties }: TemplateResource): string[] => [
  ...[DependsOn].flat(),
  ...referencesIn(Properties),
];
