import fc from 'fast-check';
import type { AccessRequest } from '../../lib/iam/request';
import { OTHER, OWN, ROLE, SERVICE, USER } from './a-request';
import type { Document, Scenario } from './scenario';
import { CALLERS, GLOBAL_KEYS, type Key, keysOf, SUBJECTS, type Subject } from './vocabulary';

/** Where a statement stands. */
type Kind = 'identity' | 'control' | 'resource';

type Json = Readonly<Record<string, unknown>>;

const oneOf = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
const chance = (percent: number) => fc.integer({ min: 1, max: 100 }).map((rolled) => rolled <= percent);
const some = <Value>(values: readonly Value[], max = 2) =>
  fc.subarray([...new Set(values)], { minLength: 1, maxLength: Math.min(max, new Set(values).size) });
/** One alone may be spelt without a list. */
const spelt = (values: readonly string[]) => oneOf([values, values.length === 1 ? (values[0] ?? '') : values]);

const TEXT = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
];
const orders = (family: string) =>
  ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (order) => family + order,
  );

const OPERATORS: Readonly<Record<Key['type'], readonly string[]>> = {
  text: TEXT,
  arn: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'ArnLike', 'StringLike'],
  number: orders('Numeric'),
  date: orders('Date'),
  bool: ['Bool'],
  ip: ['IpAddress', 'NotIpAddress'],
};

const condition = (key: Key): fc.Arbitrary<readonly [string, string, unknown]> =>
  fc
    .record({
      operator: oneOf(OPERATORS[key.type]),
      quantifier: key.isMultivalued ? oneOf(['ForAnyValue:', 'ForAllValues:']) : fc.constant(''),
      suffix: chance(15).map((isThere) => (isThere ? 'IfExists' : '')),
      values: some(key.asked).chain(spelt),
      isNull: chance(12),
      wanted: oneOf(['true', 'false']),
    })
    .map(({ operator, quantifier, suffix, values, isNull, wanted }) =>
      isNull ? ['Null', key.name, wanted] : [quantifier + operator + suffix, key.name, values],
    );

const conditions = (subject: Subject): fc.Arbitrary<Json> =>
  fc
    .array(oneOf([...GLOBAL_KEYS, ...subject.keys, ...subject.keys]).chain(condition), { minLength: 1, maxLength: 2 })
    .map((all) => {
      const element: Record<string, Record<string, unknown>> = {};
      for (const [operator, key, values] of all) element[operator] = { ...element[operator], [key]: values };
      return { Condition: element };
    });

function actions({ action }: Subject): fc.Arbitrary<Json> {
  const [service = '', name = ''] = action.split(':');
  const own = [
    '*',
    action,
    action,
    action.toUpperCase(),
    `${service}:*`,
    `${service}:${name.slice(0, 4)}*`,
    `${service}:?${name.slice(1)}`,
  ];
  const others = ['s3:GetObject', `${service}:List*`, `${service}:${name.slice(0, -1)}`];
  return fc
    .tuple(chance(12), some(own), some(others))
    .chain(([isNot, mine, theirs]) =>
      spelt(isNot ? theirs : [...mine, ...theirs.slice(1)]).map((list) => ({ [isNot ? 'NotAction' : 'Action']: list })),
    );
}

function resources(arn: string, kind: Kind): fc.Arbitrary<Json> {
  const [, , service = '', region = '', account = '', ...rest] = arn.split(':');
  const name = rest.join(':');
  const start = `arn:aws:${service}`;
  const own = [
    arn,
    `${start}:*:*:*`,
    `${start}:${region}:${account}:${name.slice(0, -1)}*`,
    `${start}:${region}:*:${name.replace('blue', '${aws:PrincipalTag/Team}')}`,
    `arn:*:${service}:${region.replace('east', '????')}:${account}:${name}`,
    `${start}:*:${name.slice(0, 4)}*`,
  ];
  const others = [
    `${start}:${region}:${account}:${name.slice(1)}`,
    `${start}:eu-*:${account}:*`,
    `${start}:${region}:333333333333:*`,
    // Only of identity policies does AWS say what an ARN with parts missing means.
    ...(kind === 'identity' ? [start, `${start}:${region}`, 'arn:aws:s3'] : []),
  ];
  const listed = arn === '*' ? ['*'] : [...own, ...others];
  return fc.tuple(chance(55), chance(12), some(listed)).chain(([isAll, isNot, list]) => {
    if (isAll) return fc.constant({ Resource: '*' });
    return spelt(list).map((texts) => ({ [isNot ? 'NotResource' : 'Resource']: texts }));
  });
}

const PRINCIPALS: readonly unknown[] = [
  '*',
  { AWS: '*' },
  { AWS: `arn:aws:iam::${OWN}:root` },
  { AWS: [OWN, OTHER] },
  { AWS: OTHER },
  { AWS: ROLE.id },
  { AWS: [USER.id, `arn:aws:iam::${OTHER}:role/restore`] },
  { AWS: [ROLE.id, `arn:aws:iam::${OWN}:root`] },
  { Service: SERVICE.id },
  { Service: ['ec2.amazonaws.com', SERVICE.id], AWS: OWN },
  { Federated: 'cognito-identity.amazonaws.com' },
];

const EXCEPTED: readonly unknown[] = [
  { AWS: [OWN, ROLE.id] },
  { AWS: `arn:aws:iam::${OTHER}:root` },
  { Service: SERVICE.id },
];

const principals = (effect: string): fc.Arbitrary<Json> =>
  chance(effect === 'Deny' ? 25 : 0).chain((isNot) =>
    isNot
      ? oneOf(EXCEPTED).map((NotPrincipal): Json => ({ NotPrincipal }))
      : oneOf(PRINCIPALS).map((Principal): Json => ({ Principal })),
  );

function statement(subject: Subject, arn: string, kind: Kind): fc.Arbitrary<Json> {
  return chance(70)
    .map((isAllow) => (isAllow ? 'Allow' : 'Deny'))
    .chain((Effect) => {
      const conditioned = chance(Effect === 'Deny' ? 85 : 40).chain((isThere) =>
        isThere ? conditions(subject) : fc.constant<Json>({}),
      );
      const parts = [actions(subject), resources(arn, kind), conditioned];
      if (kind === 'resource') parts.push(principals(Effect));
      return fc.tuple(...parts).map((elements) => Object.assign({ Effect }, ...elements) as Json);
    });
}

const documentOf = (statements: fc.Arbitrary<Json>, maxLength = 3): fc.Arbitrary<Document> =>
  fc.array(statements, { minLength: 1, maxLength }).map((Statement) => ({ Version: '2012-10-17', Statement }));

const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

/** A level that mostly allows all and often denies something. */
const levelOf = (statements: fc.Arbitrary<Json>): fc.Arbitrary<readonly Document[]> =>
  fc
    .tuple(chance(85), chance(45), documentOf(statements, 1))
    .map(([isOpen, hasMore, more]) => [
      ...(isOpen ? [{ Version: '2012-10-17' as const, Statement: [ALL] }] : []),
      ...(hasMore || !isOpen ? [more] : []),
    ]);

const valueFor = ({ isMultivalued, given }: Key): fc.Arbitrary<string | readonly string[]> =>
  isMultivalued ? fc.subarray([...given], { minLength: 1, maxLength: 2 }) : oneOf(given);

const contextOf = (keys: readonly Key[]): fc.Arbitrary<AccessRequest['context']> =>
  fc.tuple(...keys.map((key) => fc.tuple(chance(60), valueFor(key)))).map((rolled) => {
    const context: Record<string, string | readonly string[]> = {};
    keys.forEach(({ name }, index) => {
      const [isThere, value] = rolled[index] ?? [false, ''];
      if (isThere) context[name] = value;
    });
    return context;
  });

/** Policies of every kind, and requests for an action and a resource that they are about. */
export const scenario: fc.Arbitrary<Scenario> = fc
  .record({ subject: oneOf(SUBJECTS), owner: oneOf([OWN, OWN, OTHER]), hasPolicy: chance(70), isBound: chance(50) })
  .chain(({ subject, owner, hasPolicy, isBound }) => {
    const arn = subject.resourceOf(owner);
    const request = oneOf(CALLERS).chain((caller) =>
      contextOf(keysOf(subject, caller)).map((context) => ({
        caller,
        action: subject.action,
        resource: { arn, accountId: owner },
        context,
      })),
    );
    const ofLevel = levelOf(statement(subject, arn, 'control'));
    return fc.record({
      requests: fc.array(request, { minLength: 4, maxLength: 4 }),
      identity: fc.array(documentOf(statement(subject, arn, 'identity')), { maxLength: 2 }),
      resource:
        hasPolicy || subject.hasPolicy === 'always'
          ? documentOf(statement(subject, arn, 'resource'), 4)
          : fc.constant(undefined),
      serviceControl: isBound ? fc.tuple(ofLevel, ofLevel, ofLevel) : fc.constant([]),
    });
  });
