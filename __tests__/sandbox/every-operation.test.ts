import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { handlers as backup } from '../../sandbox/backup-api/handlers';
import { handlers as organizations } from '../../sandbox/organizations-api/handlers';
import { handlers as stackSets } from '../../sandbox/stack-sets-api/handlers';

const tests = readdirSync(__dirname)
  .filter((name) => name.endsWith('.test.ts') || name === 'a-stack-set-world.ts')
  .map((name) => readFileSync(join(__dirname, name), 'utf8'))
  .join('\n');

test.each([
  ['AWS Backup', backup, 60],
  ['AWS Organizations', organizations, 30],
  ['StackSets', stackSets, 15],
])('every operation of %s that is served is driven by its real client', (_, handlers, atLeast) => {
  const names = Object.keys(handlers);
  expect(names.length).toBeGreaterThan(atLeast);
  expect(names.filter((name) => !tests.includes(`new ${name}Command(`))).toEqual([]);
});
