import { motoIsMissing } from '../../sandbox/tools/moto';
import { findTerraform } from '../../sandbox/tools/terraform';
import { newProject, startTrial, type Trial } from '../../sandbox/trial/trial';

/** Long enough for a machine with one slow processor. */
export const E2E_TIMEOUT_MS = 900_000;

const terraform = findTerraform();
const missing = terraform.isAvailable ? motoIsMissing() : terraform.reason;
const mustRun = process.env.CI === 'true';

/** Tests against the emulated AWS with real tools; skipped, and said so, where these are missing, but never under CI. */
export function describeE2e(name: string, tests: () => void): void {
  jest.setTimeout(E2E_TIMEOUT_MS);
  if (missing !== undefined && !mustRun) console.warn(`SKIPPED ${name}: ${missing}`);
  (missing === undefined || mustRun ? describe : describe.skip)(name, tests);
}

/** Starts the emulated AWS for a config, with nothing deployed. */
export async function aTrial(configFile: string, options?: Parameters<typeof startTrial>[2]): Promise<Trial> {
  if (!terraform.isAvailable || missing !== undefined) throw new Error(`cannot deploy: ${missing}`);
  return startTrial(newProject(configFile), terraform, options);
}

/** Plans every stack again; what is not as it was, by stack. */
export async function changesPlanned(
  { deployment }: Trial,
  stacks = deployment.stacks,
): Promise<Record<string, string>> {
  const changes: Record<string, string> = {};
  for (const stack of stacks) {
    const { code, output } = await deployment.terraform(stack, [
      'plan',
      '-detailed-exitcode',
      '-input=false',
      '-no-color',
    ]);
    if (code !== 0) changes[stack] = output;
  }
  return changes;
}

/** The end of what a command that failed has said. */
export const succeeded = ({ code, output }: { readonly code: number; readonly output: string }) => {
  if (code !== 0) throw new Error(`exit code ${code}:\n${output.slice(-5000)}`);
};
