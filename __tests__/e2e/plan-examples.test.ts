import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bootstrap } from '../../lib/bootstrap/bootstrap';
import { loadReviewedConfig } from '../../lib/review/review';
import { type EmulatedAws, startEmulatedAws } from '../../sandbox/emulated-aws';
import { findTerraform } from '../../sandbox/tools/terraform';
import { foundOrganization } from '../../sandbox/trial/found-organization';
import { sandboxEnvironment } from '../../sandbox/trial/identities';
import { organizationOf } from '../../sandbox/trial/organization';
import { type ExampleStack, REPRESENTATIVE_STACKS } from '../support/example-stacks';
import { writeReader } from '../support/producer-states';
import type { StackJson } from '../support/synthesize';
import { temporaryFolder } from '../support/temporary-folder';
import { describeE2e, E2E_TIMEOUT_MS } from './e2e';

const folder = temporaryFolder();

/** The default is deployed and planned as a whole by operations/sandbox-command.test.ts. */
const STACKS = REPRESENTATIVE_STACKS.filter(({ file }) => file !== 'backup.yaml');

describeE2e('a stack of each kind and of each example', () => {
  const started = new Map<string, Promise<{ aws: EmulatedAws; env: NodeJS.ProcessEnv }>>();
  let initialized: Promise<string> | undefined;
  const terraform = findTerraform();

  afterAll(async () => {
    for (const one of started.values()) await (await one).aws.stop();
  });

  /** The organization of a config, with the deploy roles that bootstrap makes: they may do what a plan asks and little more. */
  const organizationFor = async ({ file, topology }: ExampleStack) => {
    const aws = await startEmulatedAws({ organization: organizationOf(topology) });
    const credentials = await foundOrganization(aws.motoUrl, topology);
    const options = { isDryRun: false, makesDeployRoles: true, env: {}, onRow: () => {} };
    await bootstrap(loadReviewedConfig(file).config, topology, { endpoint: aws.url, credentials }, options);
    return { aws, env: sandboxEnvironment(aws.url, credentials, topology.management.region) };
  };

  /** What `init` leaves behind, which is the same for all stacks that keep no state. */
  const init = async (json: StackJson) => {
    if (!terraform.isAvailable) throw new Error(`cannot plan: ${terraform.reason}`);
    const at = join(folder, 'initialized');
    mkdirSync(at);
    writeFileSync(
      join(at, 'cdk.tf.json'),
      JSON.stringify({ terraform: { required_providers: json.terraform.required_providers } }),
    );
    const { code, output } = await terraform.run(at, ['init', '-input=false', '-no-color']);
    if (code !== 0) throw new Error(output);
    return at;
  };

  const plan = async (stack: ExampleStack, json = stack.json, name = stack.name) => {
    if (!terraform.isAvailable) throw new Error(`cannot plan: ${terraform.reason}`);
    initialized ??= init(stack.json);
    const from = await initialized;
    const organization = started.get(stack.file) ?? organizationFor(stack);
    started.set(stack.file, organization);
    const { env } = await organization;
    const at = join(folder, stack.file.replaceAll(/\W/g, '-'), name);
    mkdirSync(dirname(at), { recursive: true });
    mkdirSync(at);
    writeReader(at, json, stack.outputsOf);
    for (const made of ['.terraform', '.terraform.lock.hcl']) symlinkSync(join(from, made), join(at, made));
    return terraform.run(at, ['plan', '-input=false', '-no-color', '-detailed-exitcode', '-lock=false'], env);
  };

  test.concurrent.each(STACKS)(
    'is planned: $name of $file',
    async (stack) => {
      const { code, output } = await plan(stack);
      const resources = Object.values(stack.json.resource).flatMap((ofType) => Object.keys(ofType)).length;
      // What is taken over is changed, and nothing else.
      const imported = stack.json.import?.length ?? 0;
      const taken = imported > 0 ? `${imported} to import, ` : '';
      const all = `Plan: ${taken}${resources - imported} to add, ${imported} to change, 0 to destroy.`;
      expect([code, output]).toEqual([2, expect.stringContaining(all)]);
    },
    E2E_TIMEOUT_MS,
  );

  test.concurrent(
    'is refused with a mistake in it',
    async () => {
      const stack = STACKS.find(({ name }) => name.startsWith('destination-'));
      if (!stack) throw new Error('no such stack');
      const broken = structuredClone(stack.json);
      Object.assign(Object.values(broken.resource.aws_backup_vault ?? {})[0] ?? {}, { name: 'no vault name' });
      const { code, output } = await plan(stack, broken, 'broken');
      expect([code, output]).toEqual([1, expect.stringContaining('invalid value for name')]);
    },
    E2E_TIMEOUT_MS,
  );
});
