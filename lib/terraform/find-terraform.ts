import { execFileSync } from 'node:child_process';

/** The Terraform of this machine: what TERRAFORM_BINARY_NAME says, as cdktf takes it, or `terraform`, or `tofu`. */
export function terraformBinary(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return [env.TERRAFORM_BINARY_NAME, 'terraform', 'tofu'].find((name) => name && answers(name, env));
}

function answers(binary: string, env: NodeJS.ProcessEnv): boolean {
  try {
    execFileSync(binary, ['version'], { stdio: 'ignore', env: { ...env, CHECKPOINT_DISABLE: '1' } });
    return true;
  } catch {
    return false;
  }
}

/** What makes a Terraform that a program runs ask nobody for newer releases, and give no advice to typists. */
export const unattended = (env: NodeJS.ProcessEnv = process.env) => ({
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
  // A fifth less of the processor for a tenth more memory: what it runs is short, and reads a schema of megabytes.
  GOGC: env.GOGC ?? '400',
});
