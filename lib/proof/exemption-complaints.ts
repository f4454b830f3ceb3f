import { backupServiceLinkedRoleArn, roleArn } from '../aws/arn';
import type { Topology } from '../topology/topology';

/** A policy's name and its text as it was written. */
export interface WrittenPolicy {
  readonly name: string;
  readonly document: unknown;
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const NEGATED = /Not(Equals|Like|EqualsIgnoreCase)(IfExists)?$/;

/** Denies that leave alone somebody whom the config does not name, a line each. */
export function exemptionComplaints(policies: readonly WrittenPolicy[], topology: Topology): string[] {
  const known = knownTo(topology);
  return policies.flatMap(({ name, document }) =>
    ([(document as { readonly Statement: unknown }).Statement].flat() as Statement[])
      .filter(({ Effect }) => Effect === 'Deny')
      .flatMap(({ Sid, Condition = {} }) =>
        Object.entries(Condition)
          .filter(([operator]) => NEGATED.test(operator))
          .flatMap(([, keys]) => Object.entries(keys))
          .filter(([key]) => key.toLowerCase() === 'aws:principalarn')
          .flatMap(([, values]) => [values].flat())
          .filter((value) => !known.has(value))
          .map((value) => `${name}, ${Sid} must exempt only whom the config names, and exempts ${value}`),
      ),
  );
}

function knownTo({
  destinations,
  sources,
  guardrails,
  management,
  organizationPolicies,
}: Topology): ReadonlySet<string> {
  const { partition } = management;
  const names = guardrails
    ? [...guardrails.backupRoleNames, ...guardrails.restoreRoleNames, ...guardrails.scannerRoleNames]
    : [];
  const standIns = organizationPolicies?.rollouts.flatMap((rollout) => rollout.standIns) ?? [];
  return new Set([
    ...[...destinations, ...sources, ...standIns].flatMap(({ exemptions, accountId }) => [
      ...exemptions.deployers,
      ...exemptions.breakGlass,
      backupServiceLinkedRoleArn(partition, accountId),
    ]),
    ...(guardrails ? [...guardrails.deployers, ...guardrails.breakGlass] : []),
    ...names.map((name) => roleArn(partition, '*', name)),
  ]);
}

/** Roles that the stacks make and that a pattern of exemption lets through everything, a line each. */
export function madeExemptRoles(roleArns: readonly string[], { destinations, sources }: Topology): string[] {
  const patterns = [...destinations, ...sources].flatMap(({ exemptions }) => [
    ...exemptions.deployers,
    ...exemptions.breakGlass,
  ]);
  const isExempt = (arn: string) =>
    patterns.some((pattern) => (pattern.endsWith('*') ? arn.startsWith(pattern.slice(0, -1)) : arn === pattern));
  return roleArns.filter(isExempt).map((arn) => `${arn} must not be made by a stack: every deny leaves it alone`);
}
