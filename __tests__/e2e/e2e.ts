import { motoIsMissing } from '../../sandbox/tools/moto';
import { findTerraform } from '../../sandbox/tools/terraform';
import { newProject, startTrial, type Trial } from '../../sandbox/trial/trial';
import { describeWhere } from '../support/describe-where';

/** Long enough for a machine with one slow processor. */
export const E2E_TIMEOUT_MS = 900_000;

const terraform = findTerraform();
const missing = terraform.isAvailable ? motoIsMissing() : terraform.reason;

/** Tests against the emulated AWS with real tools; skipped, and said so, where these are missing, but never under CI. */
export function describeE2e(name: string, tests: () => void): void {
  jest.setTimeout(E2E_TIMEOUT_MS);
  describeWhere({ missing, what: name }, name, tests);
}

/** Starts the emulated AWS for a config, with nothing deployed. */
export async function aTrial(configFile: string, options?: Parameters<typeof startTrial>[2]): Promise<Trial> {
  if (!terraform.isAvailable || missing !== undefined) throw new Error(`cannot deploy: ${missing}`);
  return startTrial(newProject(configFile), terraform, options);
}

/** The end of what a command that failed has said. */
export const succeeded = ({ code, output }: { readonly code: number; readonly output: string }) => {
  if (code !== 0) throw new Error(`exit code ${code}:\n${output.slice(-5000)}`);
};
