import type { AccessRequest, Caller } from './request';

type Value = string | readonly string[];

/** A request as policies ask about it, worked out once for all of them, and only as far as they ask. */
export class Facts {
  /** In lower case: AWS compares actions without regard to it. */
  readonly action: string;
  private context: ReadonlyMap<string, Value> | undefined;

  constructor(readonly request: AccessRequest) {
    const { caller, action, resource } = request;
    if (!/^[a-z0-9-]+:[a-z0-9]+$/i.test(action)) throw new Error(`a request is for one action, not ${action}`);
    const fields = resource.arn === '*' ? undefined : fieldsOf(resource.arn);
    if (!fields && resource.arn !== '*') throw new Error(`a request is for one ARN or *, not ${resource.arn}`);
    if (fields && fields.account !== resource.accountId && /^\d{12}$/.test(fields.account))
      throw new Error(`${resource.arn} is not in account ${resource.accountId}`);
    if (caller.kind !== 'service' && !isCaller(caller))
      throw new Error(`${caller.id} is not a ${caller.kind} of account ${caller.accountId}`);
    this.action = action.toLowerCase();
  }

  /** The value of a condition key, asked for in lower case. */
  valueOf(key: string): Value | undefined {
    this.context ??= contextOf(this.request);
    return this.context.get(key);
  }
}

interface Fields {
  readonly account: string;
  readonly resource: string;
}

/** What follows the fourth and the fifth colon of an ARN; undefined of anything else. */
function fieldsOf(arn: string): Fields | undefined {
  if (!arn.startsWith('arn:')) return undefined;
  let fourth = 'arn'.length;
  let fifth = fourth;
  for (let colons = 2; colons <= 5; colons++) {
    fourth = fifth;
    fifth = arn.indexOf(':', fourth + 1);
    if (fifth < 0) return undefined;
  }
  if (fifth === arn.length - 1) return undefined;
  return { account: arn.slice(fourth + 1, fifth), resource: arn.slice(fifth + 1) };
}

function isCaller({ kind, id, accountId }: Caller): boolean {
  const fields = fieldsOf(id);
  if (!fields || fields.account !== accountId) return false;
  return kind === 'root' ? fields.resource === 'root' : fields.resource.startsWith(`${kind}/`);
}

function contextOf({ caller, context }: AccessRequest): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const key of Object.keys(context)) {
    const name = key.toLowerCase();
    const value = context[key] ?? [];
    if (values.has(name)) throw new Error(`the request has the key ${key} twice`);
    if (value.length > 0 || typeof value === 'string') values.set(name, value);
  }
  if (caller.accountId && caller.kind !== 'service') {
    values.set('aws:principalarn', caller.id);
    values.set('aws:principalaccount', caller.accountId);
  }
  return values;
}
