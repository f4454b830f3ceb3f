import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file: string) => readFileSync(file, 'utf8');

test('iam-simulate, which is under the AGPL, is for tests only', () => {
  const deployed = ['lib', 'stacks', 'ops', 'scripts', 'sandbox'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((name) => /\.[cm]?[jt]s$/.test(name)),
  );
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };

  expect(deployed.length).toBeGreaterThan(50);
  expect(['main.ts', ...deployed].filter((file) => read(file).includes('@cloud-copilot'))).toEqual([]);
  expect(Object.keys(dependencies).filter((name) => name.startsWith('@cloud-copilot'))).toEqual([]);
});
