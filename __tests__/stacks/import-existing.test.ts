import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adoptedFileOf, importsFileOf, readImports } from '../../lib/config/imports-file';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { synthesize } from '../../stacks/synthesize';
import { aConfig } from '../support/a-config';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const file = join(folder, 'backup.imports.json');
const STACK = 'source-production-us-east-1';

const withImports = (content: unknown) => {
  writeFileSync(file, JSON.stringify(content, null, 2));
  synthesize(resolveTopology(aConfig()), [], join(folder, 'out'), readImports(file));
};

describe('an imports file', () => {
  test('becomes import blocks', () => {
    withImports({ '//': 'a note', [STACK]: { 'Vault/Resource': 'local', 'BackupRole/Resource': 'Nightly' } });
    const stack = JSON.parse(readFileSync(join(folder, 'out/stacks', STACK, 'cdk.tf.json'), 'utf8'));
    expect(stack.import).toEqual([
      { id: 'local', to: expect.stringMatching(/^aws_backup_vault\./) },
      { id: 'Nightly', to: expect.stringMatching(/^aws_iam_role\./) },
    ]);
  });

  test.each([
    [
      'a path that is a slip away',
      { [STACK]: { 'Vault/Resourc': 'local' } },
      `:3:5 ${STACK}.${JSON.stringify('Vault/Resourc')} must be a resource of the stack: did you mean Vault/Resource?`,
    ],
    [
      'a path that is stale',
      { [STACK]: { 'Plan-of-last-year/Selection-that-nobody-wants-any-more': 'x' } },
      ' must be a resource of the stack: npm run adopt writes the file anew, and after the apply that takes everything over it can be deleted',
    ],
    [
      'a stack that is a slip away',
      { 'source-production-us-east-2': {} },
      `:2:3 source-production-us-east-2 must be a stack of the config: did you mean ${STACK}?`,
    ],
    ['something else', { [STACK]: 1 }, 'must be by stack and construct path the id of what exists'],
    ['a loose text', { [STACK]: 'local' }, 'must be a stack with its constructs'],
  ])('fails on %s, at its line', (_, content, message) => {
    expect(() => withImports(content)).toThrow(message);
  });

  test('is not needed', () => expect(readImports(join(folder, 'none.json'))).toBeUndefined());

  test.each([
    ['backup.yaml', 'backup.imports.json', 'backup.adopted.yaml'],
    ['backup.adopted.yaml', 'backup.imports.json', 'backup.adopted.yaml'],
    ['a.b/config', 'a.b/config.imports.json', 'a.b/config.adopted'],
  ])('lies beside %s', (config, imports, adopted) => {
    expect([importsFileOf(config), adoptedFileOf(config)]).toEqual([imports, adopted]);
  });
});
