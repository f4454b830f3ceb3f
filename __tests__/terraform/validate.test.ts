import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadReviewedConfig } from '../../lib/review/review';
import { findTerraform } from '../../sandbox/tools/terraform';
import { CONFIG_FILES } from '../support/config-files';
import { type StackJson, stackOf, synthesize } from '../support/synthesize';
import { temporaryFolder } from '../support/temporary-folder';

const terraform = findTerraform();
const folder = temporaryFolder();
const TIMEOUT_MS = 240_000;

/** A stack without what sets it apart from its like in other accounts: of those that are the same, one stands for all. */
const shapeOf = (name: string, json: StackJson) => {
  const region = json.provider.aws[0]?.region ?? '';
  return JSON.stringify(json)
    .replaceAll(name, 'STACK')
    .replaceAll(String(region), 'REGION')
    .replaceAll(/\d{12}/g, 'ACCOUNT');
};

const stacks = CONFIG_FILES.flatMap((file) =>
  Object.entries(synthesize(loadReviewedConfig(file).config).stacks).map(([name, json]) => ({ file, name, json })),
);
const distinct = [...new Map(stacks.map((stack) => [shapeOf(stack.name, stack.json), stack])).values()];

function writeStack(file: string, name: string, json: StackJson): string {
  const stackFolder = join(folder, file.replaceAll(/\W/g, '-'), name);
  mkdirSync(stackFolder, { recursive: true });
  writeFileSync(join(stackFolder, 'cdk.tf.json'), JSON.stringify(json));
  return stackFolder;
}

const mustRun = process.env.CI === 'true';
if (!terraform.isAvailable && !mustRun) console.warn(`SKIPPED terraform validate: ${terraform.reason}`);

(terraform.isAvailable || mustRun ? describe : describe.skip)('terraform validate', () => {
  const validate = async (stackFolder: string) => {
    if (!terraform.isAvailable) throw new Error(`cannot validate: ${terraform.reason}`);
    return terraform.validate(stackFolder);
  };

  test.concurrent.each(distinct)(
    'accepts $name of $file',
    async ({ file, name, json }) => expect(await validate(writeStack(file, name, json))).toBe(''),
    TIMEOUT_MS,
  );

  test.concurrent(
    'refuses a stack with a mistake in it',
    async () => {
      const { config } = loadReviewedConfig('backup.yaml');
      const broken = structuredClone(stackOf(synthesize(config), 'destination-vault-eu-west-1'));
      Object.assign(Object.values(broken.resource.aws_backup_vault ?? {})[0] ?? {}, { name: 'no vault name' });
      expect(await validate(writeStack('broken', 'stack', broken))).toContain('invalid value for name');
    },
    TIMEOUT_MS,
  );
});
