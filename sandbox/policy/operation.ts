import type { ApiRequest } from '../wire/exchange';
import { s3Operation } from './s3-operation';

/** What a request asks for, whatever protocol it came in. */
export interface Operation {
  /** As IAM names the service, such as `cloudwatch`. */
  readonly service: string;
  /** As IAM names the action. */
  readonly name: string;
  /** A form's fields, or the members of a JSON body, with the query of RAM; nothing of what is sent otherwise. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** Services whose signatures are made for another name than IAM has. */
const IAM_NAMES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch', tagging: 'tag' };

/** What the operation is called that a path does not tell: only who may do everything may do it. */
const UNKNOWN = 'UnknownOperation';

/** Tells the operation by the form, by the target, or by the path. */
export function operationOf(request: ApiRequest): Operation {
  const { headers, body, path, query } = request;
  const service = IAM_NAMES[request.service] ?? request.service;
  if (service === 's3') return { service, name: s3Operation(request), input: {} };
  const target = String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  if (target) return { service, name: actionOf(service, target), input: jsonOf(body) };
  const isForm = String(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const fields = isForm ? new URLSearchParams(body) : query;
  const action = fields.get('Action');
  if (action) return { service, name: actionOf(service, action), input: Object.fromEntries(fields) };
  const [, ofCbor] = /^\/service\/[^/]+\/operation\/(\w+)$/.exec(path) ?? [];
  // RAM's paths are its operations in small letters, and IAM compares actions without regard to those.
  const [, ofRam] = (service === 'ram' && /^\/([a-z]+)$/.exec(path)) || [];
  // RAM is asked to delete a share by the query.
  const input = { ...(ofRam ? Object.fromEntries(query) : {}), ...jsonOf(body) };
  return { service, name: ofCbor ?? ofRam ?? UNKNOWN, input };
}

/** A text of the input, if it is there. */
export function textOf({ input }: Operation, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = input[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** The texts of a list, which a form counts: `SnapshotId.1`, `TagKeys.member.1`. */
export function textsOf({ input }: Operation, key: string): readonly string[] {
  const value = input[key];
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string');
  const counted = new RegExp(`^${key}(?:\\.\\w+)?\\.\\d+$`);
  return Object.entries(input).flatMap(([name, one]) => (counted.test(name) ? [String(one)] : []));
}

/** SQS's batches are allowed with what they are batches of. */
const actionOf = (service: string, operation: string) =>
  service === 'sqs' ? operation.replace(/Batch$/, '') : operation;

function jsonOf(body: string): Operation['input'] {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null ? (json as Operation['input']) : {};
  } catch {
    return {};
  }
}
