import { aConfig } from '../support/a-config';
import { synthesize } from '../support/synthesize';

const filesOf = (state: object) =>
  Object.fromEntries(
    Object.entries(synthesize(aConfig({ state })).stacks).map(([name, stack]) => [
      `cdktf.out/stacks/${name}/cdk.tf.json`,
      JSON.stringify(stack),
    ]),
  );
const IN_BUCKET = filesOf({ backend: 's3', bucket: 'acme-states', region: 'us-east-1' });
const LOCAL = filesOf({ backend: 'local' });
const [ONE = ''] = Object.keys(LOCAL);

/** Backends, whether their states outlive a runner, and what synth writes with them. */
export const BACKENDS: readonly (readonly [
  name: string,
  outlives: boolean,
  files: Readonly<Record<string, string>>,
])[] = [
  ['local', false, LOCAL],
  ['s3', true, IN_BUCKET],
  ['hcp', true, filesOf({ backend: 'hcp', organization: 'acme' })],
  ['local of one stack', false, { ...IN_BUCKET, [ONE]: LOCAL[ONE] ?? '' }],
  ['of nothing', false, {}],
];
