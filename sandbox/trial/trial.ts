import { rmSync } from 'node:fs';
import { type EmulatedAws, type EmulatedAwsOptions, startEmulatedAws } from '../emulated-aws';
import { motoIsMissing } from '../tools/moto';
import { folderOfProcess } from '../tools/provider-mirror';
import { type AvailableTerraform, findTerraform } from '../tools/terraform';
import { killRunning } from './cdktf';
import { type AskBackup, askAsDeployer } from './clients';
import { Deployment } from './deployment';
import { organizationOf } from './organization';
import { type Operators, prepare } from './prepare';
import { layOut, type Project } from './project';
import { TrialError } from './trial-error';

/** A config, the emulated AWS of its organization, and the tools that deploy it there. */
export interface Trial {
  readonly project: Project;
  readonly aws: EmulatedAws;
  readonly operators: Operators;
  /** How much `npm run bootstrap` had to do. */
  readonly bootstrapped: string;
  readonly deployment: Deployment;
  readonly ask: AskBackup;
  /** Ends every child and takes the project's folder away. */
  stop(): Promise<void>;
}

/**
 * Looks for Terraform, the AWS provider and moto.
 * @throws TrialError that says which is missing and how to install it
 */
export function findTools(): AvailableTerraform {
  const moto = motoIsMissing();
  if (moto !== undefined) throw new TrialError(`${moto}, or pipx install "moto[server]"`);
  const terraform = findTerraform();
  if (!terraform.isAvailable)
    throw new TrialError(
      `${terraform.reason}. Install Terraform 1.9 or newer (https://developer.hashicorp.com/terraform/install) or OpenTofu (https://opentofu.org/docs/intro/install), and let it reach the registry or a mirror that TF_CLI_CONFIG_FILE names.`,
    );
  return terraform;
}

/** Starts the emulated AWS for a project and does what comes before a first deploy. */
export async function startTrial(
  project: Project,
  terraform: AvailableTerraform,
  options: Omit<EmulatedAwsOptions, 'organization'> = {},
): Promise<Trial> {
  const organization = organizationOf(project.topology);
  const aws = await startEmulatedAws({ organization, ...options });
  try {
    const { operators, bootstrapped } = await prepare(aws, project);
    const deployment = await Deployment.of({ endpoint: aws.url, project, operators, terraform });
    return {
      project,
      aws,
      operators,
      bootstrapped,
      deployment,
      ask: askAsDeployer(aws.url, operators),
      stop: async () => {
        killRunning();
        await aws.stop();
        rmSync(project.folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await aws.stop();
    throw error;
  }
}

/** A folder for a project that is gone when this process ends. */
export const newProject = (configFile: string): Project => layOut(folderOfProcess(), configFile);
