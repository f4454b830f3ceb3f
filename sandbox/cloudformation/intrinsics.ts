import { ApiError } from '../wire/api-error';

/** A resource that is there, as a template refers to it. */
export interface Made {
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives, by name. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What the references of a template stand for in one account and Region. */
export interface Scope {
  /** Such as `AWS::Region`. */
  readonly pseudoParameters: Readonly<Record<string, string>>;
  readonly resources: ReadonlyMap<string, Made>;
}

const invalid = (message: string) => new ApiError('ValidationError', `Template error: ${message}`);

/** What `${…}` holds in the text of `Fn::Sub`; `${!…}` stands for itself. */
const PLACEHOLDER = /\$\{([^!}]+)\}/g;

/** The one function that an object is, such as `Ref`, and what it is given. */
function functionIn(value: object): readonly [name: string, given: unknown] | undefined {
  const [entry, ...others] = Object.entries(value);
  const isFunction = entry && others.length === 0 && (entry[0] === 'Ref' || entry[0].startsWith('Fn::'));
  return isFunction ? entry : undefined;
}

/** Ids of resources that a value refers to; what CloudFormation knows by itself is not among them. */
export function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const called = Array.isArray(value) ? undefined : functionIn(value);
  if (!called) return Object.values(value).flatMap(referencesIn);
  const [name, given] = called;
  return namesIn(name, given)
    .map((text) => text.split('.')[0] ?? '')
    .filter((id) => !id.startsWith('AWS::'));
}

function namesIn(name: string, given: unknown): string[] {
  if (name === 'Ref') return [String(given)];
  if (name === 'Fn::GetAtt') return [Array.isArray(given) ? given.join('.') : String(given)];
  if (name === 'Fn::Sub' && typeof given === 'string')
    return [...given.matchAll(PLACEHOLDER)].map(([, held]) => held ?? '');
  throw invalid(`the sandbox does not know ${name}${name === 'Fn::Sub' ? ' with a map' : ''}`);
}

/** A value with every function in it worked out. */
export function resolved(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, scope));
  if (typeof value !== 'object' || value === null) return value;
  const called = functionIn(value);
  if (!called) return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, resolved(held, scope)]));
  const [name, given] = called;
  if (name === 'Fn::Sub')
    return String(given)
      .replaceAll(PLACEHOLDER, (_, held: string) => referred(held, scope))
      .replaceAll('${!', '${');
  return referred(namesIn(name, given)[0] ?? '', scope);
}

/** What a name stands for, such as `Key`, `Key.Arn` or `AWS::Region`. */
function referred(text: string, { pseudoParameters, resources }: Scope): string {
  const pseudo = pseudoParameters[text];
  if (pseudo !== undefined) return pseudo;
  const [id = '', ...attribute] = text.split('.');
  const made = resources.get(id);
  const value = attribute.length === 0 ? made?.physicalId : made?.attributes[attribute.join('.')];
  if (value === undefined) throw invalid(`the sandbox does not know what ${text} is`);
  return value;
}
