import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTerraform } from '../../sandbox/tools/terraform';
import { OTHER_STACKS } from '../support/example-stacks';
import { temporaryFolder } from '../support/temporary-folder';

const terraform = findTerraform();
const folder = temporaryFolder();
const TIMEOUT_MS = 240_000;

const mustRun = process.env.CI === 'true';
if (!terraform.isAvailable && !mustRun) console.warn(`SKIPPED terraform validate: ${terraform.reason}`);

// Stacks of other kinds are planned: __tests__/e2e/plan-examples.test.ts.
(terraform.isAvailable || mustRun ? describe : describe.skip)('terraform validate', () => {
  test.concurrent.each(OTHER_STACKS)(
    'accepts $name of $file',
    async ({ file, name, json }) => {
      if (!terraform.isAvailable) throw new Error(`cannot validate: ${terraform.reason}`);
      const at = join(folder, file.replaceAll(/\W/g, '-'), name);
      mkdirSync(at, { recursive: true });
      writeFileSync(join(at, 'cdk.tf.json'), JSON.stringify(json));
      expect(await terraform.validate(at)).toBe('');
    },
    TIMEOUT_MS,
  );
});
