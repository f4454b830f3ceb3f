import { join } from 'node:path';
import { everySite } from '../../lib/topology/every-site';
import type { Site, Topology } from '../../lib/topology/topology';
import type { AvailableTerraform, Outcome } from '../tools/terraform';
import { type CdktfRun, runCdktf } from './cdktf';
import { type Credentials, sandboxEnvironment } from './identities';
import type { Operators } from './prepare';
import type { Project } from './project';

/** Stacks that one identity deploys in one go. */
interface Batch {
  readonly stacks: readonly string[];
  readonly credentials: Credentials;
}

export interface DeploymentProps {
  readonly endpoint: string;
  readonly project: Project;
  readonly operators: Operators;
  readonly terraform: AvailableTerraform;
}

export interface CdktfOptions extends Pick<CdktfRun, 'onLine' | 'killed'> {
  /** @default - all */
  readonly stacks?: readonly string[];
  /** @default - the project's own */
  readonly configFile?: string;
  /** Whether to end at the first stack that fails, before another one is begun. */
  readonly isOneByOne?: boolean;
}

/** The stacks of a config and the real tools that work on them, with the sandbox as their AWS. */
export class Deployment {
  private constructor(
    private readonly props: DeploymentProps,
    /** In the order of a deploy. */
    private readonly batches: readonly Batch[],
  ) {}

  static async of(props: DeploymentProps): Promise<Deployment> {
    return new Deployment(props, await batchesOf(props.project.topology, props.operators));
  }

  /** Every stack, in the order of a deploy. */
  get stacks(): readonly string[] {
    return this.batches.flatMap(({ stacks }) => stacks);
  }

  /** Runs `cdktf deploy`. */
  deploy(options: CdktfOptions = {}): Promise<Outcome> {
    return this.cdktf('deploy', this.batches, options);
  }

  /** Runs `cdktf destroy`. */
  destroy(options: CdktfOptions = {}): Promise<Outcome> {
    return this.cdktf('destroy', [...this.batches].reverse(), options);
  }

  /** Runs a Terraform command, such as `plan`, on one stack as it was synthesized last. */
  terraform(stack: string, args: readonly string[]): Promise<Outcome> {
    const { project, terraform } = this.props;
    const batch = this.batches.find(({ stacks }) => stacks.includes(stack));
    if (!batch) throw new Error(`no stack ${stack}`);
    const folder = join(project.folder, 'cdktf.out', 'stacks', stack);
    return terraform.run(folder, args, this.environment(batch.credentials));
  }

  /** Plans stacks again; what is not as it was, by stack. */
  async changes(stacks = this.stacks): Promise<Readonly<Record<string, string>>> {
    const changes: Record<string, string> = {};
    for (const stack of stacks) {
      const { code, output } = await this.terraform(stack, ['plan', '-detailed-exitcode', '-input=false', '-no-color']);
      if (code !== 0) changes[stack] = output;
    }
    return changes;
  }

  /** The environment of an identity, in which any AWS client sees the sandbox and nothing else. */
  environment(credentials: Credentials): NodeJS.ProcessEnv {
    const { endpoint, project, terraform } = this.props;
    const region = project.topology.management.region;
    return {
      ...sandboxEnvironment(endpoint, credentials, region),
      ...terraform.env,
      TERRAFORM_BINARY_NAME: terraform.binary,
    };
  }

  private async cdktf(
    command: 'deploy' | 'destroy',
    batches: readonly Batch[],
    options: CdktfOptions,
  ): Promise<Outcome> {
    const { configFile = this.props.project.configFile, stacks: wanted, isOneByOne, ...how } = options;
    const isWhole = batches.length === 1 && wanted === undefined;
    let output = '';
    for (const { stacks, credentials } of batches) {
      const some = stacks.filter((stack) => wanted?.includes(stack) ?? true);
      for (const run of isWhole ? [['*']] : runsOf(command, some)) {
        const outcome = await runCdktf({
          ...how,
          folder: this.props.project.folder,
          args: [
            command,
            ...run,
            ...(isWhole ? [] : ['--ignore-missing-stack-dependencies']),
            ...(isOneByOne ? ['--parallelism', '1'] : []),
            '--auto-approve',
            // Locking the provider's hashes asks the registry, which a machine with a mirror may not reach.
            '--skip-provider-lock',
          ],
          env: { ...this.environment(credentials), BACKUP_CONFIG: configFile },
        });
        output += outcome.output;
        if (outcome.code !== 0) return { code: outcome.code, output };
      }
    }
    return { code: 0, output };
  }
}

/** Of some stacks, cdktf would start to destroy the first again and again while it is at it, and in the wrong order. */
const runsOf = (command: 'deploy' | 'destroy', stacks: readonly string[]): readonly (readonly string[])[] =>
  command === 'destroy' ? stacks.map((stack) => [stack]).reverse() : stacks.length > 0 ? [stacks] : [];

/** Stacks whose provider assumes a role go with the management account; others need an identity of their own account. */
async function batchesOf(topology: Topology, operators: Operators): Promise<Batch[]> {
  const { management } = topology;
  const batches: { stacks: string[]; accountId: string }[] = [];
  for (const site of everySite(topology)) {
    const accountId = identityOf(site, management.accountId);
    const last = batches.at(-1);
    if (last?.accountId === accountId) last.stacks.push(site.stackName);
    else batches.push({ stacks: [site.stackName], accountId });
  }
  return Promise.all(
    batches.map(async ({ stacks, accountId }) => ({
      stacks,
      credentials: accountId === management.accountId ? operators.management : await operators.administrator(accountId),
    })),
  );
}

const identityOf = ({ deployRoleArn, accountId }: Site, managementId: string) =>
  deployRoleArn === undefined ? accountId : managementId;
