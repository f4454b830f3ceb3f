import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTerraform } from '../../sandbox/tools/terraform';
import { describeWhere } from '../support/describe-where';
import { OTHER_STACKS } from '../support/example-stacks';
import { temporaryFolder } from '../support/temporary-folder';

const terraform = findTerraform();
const missing = terraform.isAvailable ? undefined : terraform.reason;
const folder = temporaryFolder();
const TIMEOUT_MS = 240_000;

// Stacks of other kinds are planned: __tests__/e2e/plan-examples.test.ts.
describeWhere({ missing, what: 'terraform validate' }, 'terraform validate', () => {
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
