import { loadReviewedConfig } from '../../lib/review/review';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { CONFIG_FILES } from './config-files';
import { deployedOutputs } from './producer-states';
import { type StackJson, synthesize } from './synthesize';

/** A stack without what sets it apart from its like in other accounts: of those that are the same, one stands for all. */
const contentOf = (name: string, json: StackJson) => {
  const region = json.provider.aws[0]?.region ?? '';
  return JSON.stringify(json)
    .replaceAll(name, 'STACK')
    .replaceAll(String(region), 'REGION')
    .replaceAll(/\d{12}/g, 'ACCOUNT');
};

/** What kinds of resources a stack has, with which settings, whatever these are set to. */
const kindsOf = ({ resource, data = {} }: StackJson) => {
  const ofType = Object.entries(resource).map(([type, blocks]) => [
    type,
    distinct(Object.values(blocks).map(settingsOf)),
  ]);
  return JSON.stringify([ofType, Object.keys(data).sort()]);
};

function settingsOf(value: unknown): unknown {
  if (Array.isArray(value)) return distinct(value.map(settingsOf));
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '//')
      .map(([key, held]) => [key, settingsOf(held)]),
  );
}

const distinct = (values: readonly unknown[]) => [...new Set(values.map((value) => JSON.stringify(value)))].sort();

const all = CONFIG_FILES.flatMap((file) => {
  const { config } = loadReviewedConfig(file);
  const topology = resolveTopology(config);
  const synthesized = synthesize(config);
  const outputsOf = deployedOutputs(synthesized, topology);
  return Object.entries(synthesized.stacks).map(([name, json]) => ({ file, topology, outputsOf, name, json }));
});

/** A stack of the default or an example. */
export type ExampleStack = (typeof all)[number];

function firstOfEach(stacks: readonly ExampleStack[], keyOf: (stack: ExampleStack) => string): ExampleStack[] {
  const first = new Map<string, ExampleStack>();
  for (const stack of stacks) {
    const key = keyOf(stack);
    if (!first.has(key)) first.set(key, stack);
  }
  return [...first.values()];
}

/** Those that differ in more than account, Region and their own name. */
const differing = firstOfEach(all, ({ name, json }) => contentOf(name, json));

const ofEachKind = firstOfEach(differing, ({ json }) => kindsOf(json));
const filesOfKinds = new Set(ofEachKind.map(({ file }) => file));

/** One of each kind, and a source of each file that has none among them. */
export const REPRESENTATIVE_STACKS: readonly ExampleStack[] = [
  ...ofEachKind,
  ...firstOfEach(
    differing.filter(({ file, name }) => name.startsWith('source-') && !filesOfKinds.has(file)),
    ({ file }) => file,
  ),
];

/** All others that differ. */
export const OTHER_STACKS: readonly ExampleStack[] = differing.filter(
  (stack) => !REPRESENTATIVE_STACKS.includes(stack),
);
