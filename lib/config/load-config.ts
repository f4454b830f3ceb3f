import type { Check, Written } from './check';
import { checkAccounts } from './check-accounts';
import { checkAdministrators } from './check-administrators';
import { checkAirGapped } from './check-air-gapped';
import { checkCopies } from './check-copies';
import { checkGenerations } from './check-generations';
import { checkGuardrails } from './check-guardrails';
import { checkLifecycles } from './check-lifecycles';
import { checkLimits } from './check-limits';
import { checkNames } from './check-names';
import { checkPolicyGrammar } from './check-policy-grammar';
import { checkReferences } from './check-references';
import { checkRegions } from './check-regions';
import { checkRollouts } from './check-rollouts';
import { checkRules } from './check-rules';
import { checkIndexes } from './check-scans';
import { checkSelections } from './check-selections';
import { checkUnits } from './check-units';
import { Config } from './config';
import { ConfigError, type LocatedProblem, type Problem } from './config-error';
import { deployRoleWarnings } from './deploy-role-warnings';
import { renderPath } from './path';
import { rolloutWarnings } from './rollout-warnings';
import { salvage } from './salvage';
import { shapeProblems } from './shape-problems';
import { textProblems } from './text-problems';
import { findWarnings } from './warnings';
import { readYaml, type YamlSource } from './yaml-source';

const CHECKS: readonly Check[] = [
  checkReferences,
  checkAccounts,
  checkRegions,
  checkNames,
  checkCopies,
  checkSelections,
  checkLifecycles,
  checkRules,
  checkIndexes,
  checkLimits,
  checkAdministrators,
  checkGuardrails,
  checkGenerations,
  checkAirGapped,
  checkRollouts,
  checkUnits,
  checkPolicyGrammar,
];

/** A config that can be deployed, and what its operator should think about. */
export interface LoadedConfig {
  readonly config: Config;
  readonly warnings: readonly LocatedProblem[];
}

/** Rules that need to know what follows from a config, and therefore live further on than here. */
export interface Review {
  readonly errors: (config: Config) => Problem[];
  readonly warnings: (config: Config) => Problem[];
}

/**
 * Reads the operator's config file.
 * @throws ConfigError with every problem of the file at once, each with its line and column; in a strict config the
 * warnings are among them.
 */
export function loadConfig(file: string, review: Review): LoadedConfig {
  const source = readYaml(file);
  const written = {
    destinations: keysOf(source.value, 'destinations'),
    sources: keysOf(source.value, 'sources'),
    plans: keysOf(source.value, 'plans'),
    standIns: new Set<string>(),
  };
  const parsed = Config.safeParse(source.value);
  const inText = textProblems(source.value);
  if (!parsed.success) {
    const inShape = shapeProblems(parsed.error.issues, source);
    const faulty = new Set(inShape.map(({ path }) => renderPath(path)));
    const beyond = salvagedProblems(source.value, written, review).filter(({ path }) => !faulty.has(renderPath(path)));
    const found = [...inShape, ...beyond];
    const told = found.filter((problem) => !isOfFaultyWhole(problem, inShape));
    throw new ConfigError(file, inOrder([...inText, ...told], source));
  }
  const problems = [...inText, ...crossProblems(parsed.data, written, review)];
  const warnings =
    problems.length === 0
      ? [
          ...findWarnings(parsed.data),
          ...rolloutWarnings(parsed.data),
          ...deployRoleWarnings(parsed.data),
          ...review.warnings(parsed.data),
        ]
      : [];
  const fatal = parsed.data.strict ? [...problems, ...warnings] : problems;
  if (fatal.length > 0) throw new ConfigError(file, inOrder(fatal, source));
  return { config: parsed.data, warnings: inOrder(warnings, source) };
}

/** What is said of a whole while a part of it is faulty may be said only because that part was taken away. */
const isOfFaultyWhole = ({ path }: Problem, faults: readonly Problem[]) =>
  faults.some((fault) => fault.path.length > path.length && path.every((step, depth) => step === fault.path[depth]));

/** Without these nothing else could be checked, so a faulty one is replaced for the time of the checks. */
const STAND_INS = {
  organization: { id: 'o-0000000000' },
  'organization.id': 'o-0000000000',
  management: {
    accountId: '000000000000',
    region: 'us-east-1',
    globalSettings: { multiPartyApproval: false, delegatedAdministrator: false },
  },
  'management.accountId': '000000000000',
  'management.region': 'us-east-1',
  'management.globalSettings': { multiPartyApproval: false, delegatedAdministrator: false },
  'management.globalSettings.multiPartyApproval': false,
  'management.globalSettings.delegatedAdministrator': false,
  destinations: {},
  sources: {},
  plans: {},
};

const crossProblems = (config: Config, written: Written, review: Review) => [
  ...CHECKS.flatMap((check) => check(config, written)),
  ...review.errors(config),
];

/** What is wrong across the config besides its shape, found on what is left without the faulty parts. */
function salvagedProblems(raw: unknown, written: Written, review: Review): Problem[] {
  const salvaged = salvage(Config, raw, STAND_INS);
  if (!salvaged) return [];
  return crossProblems(salvaged.config, { ...written, standIns: salvaged.standIns }, review).map((problem) => ({
    ...problem,
    path: salvaged.originalPath(problem.path),
  }));
}

/** By place; what an anchor repeats in many places is told once. */
function inOrder(problems: readonly Problem[], source: YamlSource): LocatedProblem[] {
  const told = new Map<string, LocatedProblem & { readonly times: number }>();
  for (const problem of problems.map((problem) => source.locate(problem))) {
    // Two keys that are missing from one map have one place too, but not one name.
    const key = `${problem.line}:${problem.column} ${problem.path.split('.').at(-1)} ${problem.message}`;
    const first = told.get(key) ?? { ...problem, times: 0 };
    told.set(key, { ...first, times: first.times + 1 });
  }
  return [...told.values()]
    .map(({ times, ...problem }) => ({
      ...problem,
      message: times > 1 ? `${problem.message} (${times} times)` : problem.message,
    }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

function keysOf(value: unknown, key: string): ReadonlySet<string> {
  const held = (value as Record<string, unknown>)[key];
  return new Set(typeof held === 'object' && held !== null ? Object.keys(held) : []);
}
