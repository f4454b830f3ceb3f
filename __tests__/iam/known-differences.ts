import type { AccessRequest } from '../../lib/iam/request';
import { type Asked, type Restated, restateConditions, restateResources, valueIn } from './restate';
import type { Scenario } from './scenario';

const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

/** Where iam-simulate reads a policy otherwise than AWS's documentation says. */
export interface KnownDifference {
  readonly what: string;
  /** The page that is on our side. */
  readonly see: string;
  /** The policies in words that both read alike, and that mean the same by that page. */
  readonly restate: (scenario: Scenario, request: AccessRequest) => Scenario;
}

const VARIABLE = /\$\{([^*?$,}]+)(?:, '([^']*)')?\}/g;

const conditions =
  (restate: (asked: Asked, request: AccessRequest) => Restated): KnownDifference['restate'] =>
  (scenario, request) =>
    restateConditions(scenario, (asked) => restate(asked, request));

const isWithoutValue = (text: string, request: AccessRequest) =>
  [...text.matchAll(VARIABLE)].some(([, key = '', fallback]) => !valueIn(request, key) && !fallback);

/** A pattern with parts missing, and all of them there. */
function completed(pattern: string): string {
  const missing = 6 - pattern.split(':').length;
  return pattern.startsWith('arn:') && missing > 0 ? pattern + ':*'.repeat(missing) : pattern;
}

/** Every way in which a `*` that ends a part stands for up to three parts. */
function reaching([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [''];
  const rest = reaching(others);
  const ways = first.endsWith('*') && others.length > 0 ? [first, `${first}:*`, `${first}:*:*`] : [first];
  return ways.flatMap((way) => rest.map((end) => (end ? `${way}:${end}` : way)));
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    what: 'A negated operator holds against a variable without a value; iam-simulate says it does not',
    see: `${GUIDE}/reference_policies_variables.html#policy-vars-no-value`,
    restate: conditions(({ operator, values }, request) =>
      values.map((value) => {
        if (typeof value !== 'string' || !isWithoutValue(value, request)) return value;
        return operator.includes('Arn') ? 'arn:aws:no:no:no:value' : 'no value';
      }),
    ),
  },
  {
    what: 'ARN operators take variables; iam-simulate divides the ARN at the colon inside of them',
    see: `${GUIDE}/reference_policies_elements_condition_operators.html#Conditions_ARN`,
    restate: conditions(({ operator, values }, request) =>
      values.map((value) =>
        typeof value === 'string' && operator.includes('Arn')
          ? value.replaceAll(VARIABLE, (variable, key) => String(valueIn(request, key) ?? variable))
          : value,
      ),
    ),
  },
  {
    what: 'A * that ends a part of a Resource reaches past the colon; iam-simulate stops it there',
    see: `${GUIDE}/reference_policies_elements_resource.html`,
    restate: (scenario) => restateResources(scenario, (pattern) => reaching(pattern.split(/:(?![^{]*\})/))),
  },
  {
    what: 'Set operators take an empty text for no value; iam-simulate compares it',
    see: `${GUIDE}/reference_policies_condition-single-vs-multi-valued-context-keys.html`,
    restate: conditions(({ operator, key, values }, request) => {
      const given = valueIn(request, key);
      if (!operator.startsWith('For') || given === undefined || ![given].flat().every((one) => one === ''))
        return values;
      return operator.startsWith('ForAll') ? 'always' : 'never';
    }),
  },
  {
    what: 'ForAnyValue with IfExists holds without the key; iam-simulate says it does not',
    see: `${GUIDE}/reference_policies_elements_condition_operators.html#Conditions_IfExists`,
    restate: conditions(({ operator, key, values }, request) => {
      const isMissing = /^ForAnyValue:.*IfExists$/.test(operator) && valueIn(request, key) === undefined;
      return isMissing ? 'always' : values;
    }),
  },
  {
    what: 'Epoch time counts seconds; iam-simulate compares it with the milliseconds of a date',
    see: `${GUIDE}/reference_policies_elements_condition_operators.html#Conditions_Date`,
    restate: conditions(({ operator, key, values }) =>
      operator.startsWith('Date') && key === 'aws:EpochTime'
        ? values.map((value) => (/^\d+$/.test(String(value)) ? value : String(Date.parse(String(value)) / 1000)))
        : values,
    ),
  },
  {
    what: 'NotIpAddress holds for every other address; iam-simulate denies it of one IPv4 address and any of IPv6, and vice versa',
    see: `${GUIDE}/reference_policies_elements_condition_operators.html#Conditions_IPAddress`,
    restate: conditions(({ operator, key, values }, request) => {
      const isSix = String(valueIn(request, key)).includes(':');
      const elsewhere = isSix ? '3fff::/20' : '192.0.2.0/24';
      const isAbout = operator.startsWith('NotIpAddress');
      return isAbout ? values.map((value) => (String(value).includes(':') === isSix ? value : elsewhere)) : values;
    }),
  },
  {
    what: 'NotResource completes an ARN with parts missing and means all others; iam-simulate lets it mean none',
    see: `${GUIDE}/reference_identifiers.html#identifiers-arns`,
    restate: (scenario) => restateResources(scenario, (pattern) => [completed(pattern)]),
  },
  {
    what: 'NotResource leaves out nothing by a variable without a value; iam-simulate lets it mean none then',
    see: `${GUIDE}/reference_policies_variables.html#policy-vars-no-value`,
    restate: (scenario, request) =>
      restateResources(scenario, (pattern) => [isWithoutValue(pattern, request) ? 'arn:aws:no:no:no:value' : pattern]),
  },
];
