import type { AccessRequest } from '../../lib/iam/request';
import type { Document, Scenario } from './scenario';

/** One condition of a statement. */
export interface Asked {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly unknown[];
}

/** The same condition in other words, or what it comes to. */
export type Restated = readonly unknown[] | 'always' | 'never';

type Json = Readonly<Record<string, unknown>>;

const inDocuments = (scenario: Scenario, restate: (statement: Json) => Json): Scenario => {
  const inOne = (document: Document): Document => ({ ...document, Statement: document.Statement.map(restate) });
  return {
    requests: scenario.requests,
    identity: scenario.identity.map(inOne),
    serviceControl: scenario.serviceControl.map((level) => level.map(inOne)),
    resource: scenario.resource && inOne(scenario.resource),
  };
};

/** Says each condition of each policy in other words. */
export const restateConditions = (scenario: Scenario, restate: (asked: Asked) => Restated): Scenario =>
  inDocuments(scenario, (statement) => {
    if (!statement.Condition) return statement;
    const { Condition, ...others } = statement;
    const restated: Record<string, Record<string, unknown>> = {};
    const put = (operator: string, key: string, values: unknown) => {
      restated[operator] = { ...restated[operator], [key]: values };
    };
    for (const [operator, block] of Object.entries(Condition as Record<string, Json>))
      for (const [key, value] of Object.entries(block)) {
        const values = restate({ operator, key, values: [value].flat() });
        // No request of a scenario has this key, so that nothing equals it.
        if (values === 'never') put('StringEquals', 'aws:SourceAccount', 'nobody');
        else if (values !== 'always') put(operator, key, values);
      }
    return { ...others, Condition: restated };
  });

/** Says each entry of Resource and NotResource by several, which together mean the same. */
export const restateResources = (scenario: Scenario, restate: (pattern: string) => readonly string[]): Scenario =>
  inDocuments(scenario, (statement) => {
    const element = 'Resource' in statement ? 'Resource' : 'NotResource';
    const patterns = [statement[element]].flat().filter((pattern) => typeof pattern === 'string');
    return { ...statement, [element]: [...new Set(patterns.flatMap(restate))] };
  });

/** What a request has for a key, in any case; its caller's keys too. */
export function valueIn({ context, caller }: AccessRequest, key: string): string | readonly string[] | undefined {
  const name = key.toLowerCase();
  if (name === 'aws:principalaccount') return caller.accountId;
  if (name === 'aws:principalarn') return caller.accountId && caller.id;
  return Object.entries(context).find(([given]) => given.toLowerCase() === name)?.[1];
}
