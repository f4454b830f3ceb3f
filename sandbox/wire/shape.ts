import { NormalizedSchema } from '@smithy/core/schema';
import { ApiError } from './api-error';

/** A shape of an API model, as the SDKs export it. */
export type Shape = NormalizedSchema;

/** An operation as an SDK's schema describes it. */
export interface Operation {
  readonly name: string;
  /** Method, path template and status of a REST operation; undefined of one that is told by a header. */
  readonly http: readonly [string, string, number] | undefined;
  readonly input: Shape;
  readonly output: Shape;
}

const OPERATION = 9;

/** The operations that an SDK's module exports, found by the form of their schemas. */
export function operationsOf(sdk: object): readonly Operation[] {
  return Object.values(sdk).flatMap((schema) => {
    if (!Array.isArray(schema) || schema[0] !== OPERATION) return [];
    const [, , name, traits, input, output] = schema;
    return [{ name, http: traits?.http, input: NormalizedSchema.of(input), output: NormalizedSchema.of(output) }];
  });
}

const REQUIRED = 6;

/** The members that a structure cannot do without: the schema lists them first, and counts them last. */
export function requiredMembers(shape: Shape): readonly string[] {
  const schema = shape.getSchema() as unknown as readonly unknown[];
  const names = (schema[4] ?? []) as readonly string[];
  return names.slice(0, (schema[REQUIRED] as number | undefined) ?? 0);
}

/** What JSON says, as the SDK types it: times become dates, and members that the model does not know are dropped. */
export function readShape(shape: Shape, json: unknown): unknown {
  if (json === null || json === undefined) return undefined;
  if (shape.isStructSchema()) {
    const object = objectOf(shape, json);
    const members = [...shape.structIterator()].map(([name, member]) => [name, readShape(member, object[name])]);
    return Object.fromEntries(members.filter(([, value]) => value !== undefined));
  }
  if (shape.isListSchema()) {
    if (!Array.isArray(json)) throw malformed(shape, 'a list');
    return json.map((item) => readShape(shape.getValueSchema(), item));
  }
  if (shape.isMapSchema()) {
    const entries = Object.entries(objectOf(shape, json));
    return Object.fromEntries(entries.map(([key, value]) => [key, readShape(shape.getValueSchema(), value)]));
  }
  if (shape.isTimestampSchema()) return typeof json === 'number' ? new Date(json * 1000) : new Date(String(json));
  if (shape.isStringSchema() && typeof json !== 'string') throw malformed(shape, 'a string');
  if (shape.isNumericSchema() && typeof json !== 'number') throw malformed(shape, 'a number');
  if (shape.isBooleanSchema() && typeof json !== 'boolean') throw malformed(shape, 'a boolean');
  return json;
}

/** The JSON of a value: only what the model knows, times as seconds. */
export function writeShape(shape: Shape, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (shape.isStructSchema()) {
    const members = [...shape.structIterator()];
    return Object.fromEntries(
      members.map(([name, member]) => [name, writeShape(member, (value as Record<string, unknown>)[name])]),
    );
  }
  if (shape.isListSchema()) return (value as unknown[]).map((item) => writeShape(shape.getValueSchema(), item));
  if (shape.isMapSchema()) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, writeShape(shape.getValueSchema(), item)]),
    );
  }
  return value instanceof Date ? value.getTime() / 1000 : value;
}

/** What a path, a query or a header says of a member, which is always text. */
export function readText(shape: Shape, text: string): unknown {
  if (shape.isNumericSchema()) return Number(text);
  if (shape.isBooleanSchema()) return text === 'true';
  return shape.isTimestampSchema() ? new Date(text) : text;
}

function objectOf(shape: Shape, json: unknown): Record<string, unknown> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  throw malformed(shape, 'an object');
}

const malformed = (shape: Shape, wanted: string) =>
  new ApiError('SerializationException', `${shape.getName() ?? shape.getMemberName()} must be ${wanted}`);
