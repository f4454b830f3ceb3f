import { ApiError } from './api-error';
import type { ApiRequest, ApiResponse } from './exchange';
import { type Operation, readShape, readText, writeShape } from './shape';

/** An operation and what the request's path says of its labels. */
export interface Match {
  readonly operation: Operation;
  readonly labels: Readonly<Record<string, string>>;
}

interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly segments: readonly string[];
  /** What some templates end in, such as `?delete`. */
  readonly flag: string | undefined;
}

/** Tells operations by method and path, as the `http` trait of their schemas says. */
export class RestRouter {
  private readonly routes: readonly Route[];

  constructor(operations: readonly Operation[]) {
    this.routes = operations
      .flatMap((operation) => {
        const [method = '', template = ''] = operation.http ?? [];
        const [path = '', flag] = template.split('?');
        return operation.http ? [{ operation, method, segments: segmentsOf(path), flag }] : [];
      })
      // Of two templates that fit, the one that says more is meant.
      .sort((one, other) => vagueness(one) - vagueness(other));
  }

  /** The operation that a request is for; undefined of a path that the model does not have. */
  match({ method, path, query }: ApiRequest): Match | undefined {
    const given = segmentsOf(path);
    const route = this.routes.find(
      ({ method: wanted, segments, flag }) =>
        wanted === method &&
        (flag === undefined || query.has(flag)) &&
        segments.length === given.length &&
        segments.every((segment, index) => isLabel(segment) || segment === given[index]),
    );
    if (!route) return undefined;
    const labels = route.segments.flatMap((segment, index) =>
      isLabel(segment) ? [[segment.slice(1, -1), decodeURIComponent(given[index] ?? '')]] : [],
    );
    return { operation: route.operation, labels: Object.fromEntries(labels) };
  }
}

/** Clients differ on the slash at a path's end. */
const segmentsOf = (path: string) => path.split('/').filter(Boolean);
const isLabel = (segment: string) => segment.startsWith('{');
const vagueness = ({ segments, flag }: Route) => segments.filter(isLabel).length - (flag === undefined ? 0 : 1);

/** The operation's input, gathered from path, query, headers and body. */
export function readInput({ operation: { input }, labels }: Match, { query, headers, body }: ApiRequest): unknown {
  const json: unknown = body === '' ? {} : parse(body);
  const given = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  const members = [...input.structIterator()].map(([name, member]) => {
    const { httpLabel, httpQuery, httpHeader } = member.getMergedTraits();
    if (httpLabel) return [name, labels[name]];
    const text = httpQuery ? query.get(httpQuery) : httpHeader ? headers[httpHeader.toLowerCase()] : undefined;
    if (httpQuery || httpHeader)
      return [name, text === null || text === undefined ? undefined : readText(member, String(text))];
    return [name, readShape(member, given[name])];
  });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ApiError('SerializationException', 'the body is not JSON');
  }
}

/** The response of an operation that went well. */
export const writeOutput = ({ http, output }: Operation, value: unknown): ApiResponse => ({
  status: http?.[2] ?? 200,
  headers: { 'content-type': 'application/json' },
  body: output.isUnitSchema() ? '' : JSON.stringify(writeShape(output, value) ?? {}),
});

/** The response of one that was refused. */
export const writeError = ({ code, message, details, status }: ApiError): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
  body: JSON.stringify({ Message: message, Type: status < 500 ? 'CLIENT' : 'SERVER', ...details }),
});
