import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadReviewedConfig } from '../../lib/review/review';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { type EmulatedAws, startEmulatedAws } from '../../sandbox/emulated-aws';
import { findTerraform } from '../../sandbox/tools/terraform';
import { makeOperator, sandboxEnvironment } from '../../sandbox/trial/identities';
import { organizationOf } from '../../sandbox/trial/organization';
import { letServicesIn, makeAdministratorRole } from '../../sandbox/trial/prepare';
import { CONFIG_FILES } from '../support/config-files';
import { deployedOutputs, writeReader } from '../support/producer-states';
import { type StackJson, stackOf, synthesize } from '../support/synthesize';
import { temporaryFolder } from '../support/temporary-folder';
import { describeE2e, E2E_TIMEOUT_MS } from './e2e';

const folder = temporaryFolder();

/** A stack without what sets it apart from its like in other accounts: of those that are the same, one stands for all. */
const shapeOf = (name: string, json: StackJson) => {
  const region = json.provider.aws[0]?.region ?? '';
  return JSON.stringify(json)
    .replaceAll(name, 'STACK')
    .replaceAll(String(region), 'REGION')
    .replaceAll(/\d{12}/g, 'ACCOUNT');
};

const configs = CONFIG_FILES.map((file) => {
  const { config } = loadReviewedConfig(file);
  const topology = resolveTopology(config);
  const synthesized = synthesize(config);
  return { file, topology, synthesized, outputsOf: deployedOutputs(synthesized, topology) };
});
const stacks = configs.flatMap((config) =>
  Object.entries(config.synthesized.stacks).map(([name, json]) => ({ ...config, name, json })),
);
const distinct = [...new Map(stacks.map((stack) => [shapeOf(stack.name, stack.json), stack])).values()];
type Planned = (typeof distinct)[number];

describeE2e('every stack of the default and the examples', () => {
  const started = new Map<string, Promise<{ aws: EmulatedAws; env: NodeJS.ProcessEnv }>>();
  let initialized: Promise<string> | undefined;
  const terraform = findTerraform();

  afterAll(async () => {
    for (const one of started.values()) await (await one).aws.stop();
  });

  /** The organization of a config, with the deploy roles of those accounts whose stacks are planned. */
  const organizationFor = async ({ file, topology }: Planned) => {
    const { management } = topology;
    const aws = await startEmulatedAws({ organization: organizationOf(topology) });
    const credentials = await makeOperator(aws.motoUrl, management.partition, management.accountId);
    const planned = new Set(distinct.filter((stack) => stack.file === file).map(({ name }) => name));
    const sites = [management, ...topology.destinations, ...topology.sources].filter(({ stackName }) =>
      planned.has(stackName),
    );
    const roles = new Set(sites.flatMap(({ deployRoleArn }) => deployRoleArn ?? []));
    for (const roleArn of roles) await makeAdministratorRole(aws.motoUrl, roleArn, management.accountId);
    // The last thing: what was made at moto itself, the gateway is to learn of when it first asks.
    await letServicesIn(aws.url, credentials, topology);
    return { aws, env: sandboxEnvironment(aws.url, credentials, management.region) };
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

  const plan = async (stack: Planned, json = stack.json, name = stack.name) => {
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

  test.concurrent.each(distinct)(
    'is planned: $name of $file',
    async (stack) => {
      const { code, output } = await plan(stack);
      expect([code, output]).toEqual([2, expect.stringContaining(' to add, 0 to change, 0 to destroy.')]);
      const resources = Object.values(stack.json.resource).flatMap((ofType) => Object.keys(ofType)).length;
      expect(output).toContain(`Plan: ${resources} to add`);
    },
    E2E_TIMEOUT_MS,
  );

  test.concurrent(
    'is refused with a mistake in it',
    async () => {
      const stack = distinct.find(({ file, name }) => file === 'backup.yaml' && name === 'destination-vault-eu-west-1');
      if (!stack) throw new Error('no such stack');
      const broken = structuredClone(stackOf(stack.synthesized, stack.name));
      Object.assign(Object.values(broken.resource.aws_backup_vault ?? {})[0] ?? {}, { name: 'no vault name' });
      const { code, output } = await plan(stack, broken, 'broken');
      expect([code, output]).toEqual([1, expect.stringContaining('invalid value for name')]);
    },
    E2E_TIMEOUT_MS,
  );
});
