import { spawnSync } from 'node:child_process';
import { deployRolePolicy } from '../../lib/policies/deploy-role';
import { deployersOf } from '../../lib/policies/deployers';
import { guardrailPolicies } from '../../lib/policies/guardrails';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, DESTINATION_ID, SOURCE_ID } from '../support/a-config';
import { blocksOf, PAGES, pageOf } from './pages';

const RUNBOOKS = PAGES.filter(({ file }) => file.startsWith('docs/runbooks/'));

describe.each(RUNBOOKS)('the commands of $file', ({ text }) => {
  test('are what a shell can read, with something in the place of each <placeholder>', () => {
    const blocks = blocksOf(text, 'sh').map((block) => block.replaceAll(/<[^>\n]+>/g, 'something'));
    expect(blocks.filter((block) => spawnSync('bash', ['-n'], { input: block }).status !== 0)).toEqual([]);
  });
});

/** Role by role, as the table calls them, but for administrators, who are exempted and may do everything. */
const NAMES = { deployRole: 'Deployer', administrator: 'Platform', breakGlass: 'BreakGlass', other: 'Other' };
const roleOf = (name: string) => `arn:aws:iam::${DESTINATION_ID}:role/${name}`;
const topology = resolveTopology(
  aConfig({
    deployRole: NAMES.deployRole,
    breakGlassRoles: [roleOf(NAMES.breakGlass)],
    destinations: {
      vault: {
        accountId: DESTINATION_ID,
        regions: ['eu-west-1'],
        administrators: [roleOf(NAMES.administrator)],
      },
    },
    sources: { production: { accountId: SOURCE_ID, regions: ['us-east-1'], plans: ['daily'], copyBack: true } },
  }),
);
const deployRole = deployersOf(topology).roles.find(({ arn }) => arn === roleOf(NAMES.deployRole));
const allowed = deployRole ? deployRolePolicy(deployRole).Statement : [];
const denied = topology.guardrails ? guardrailPolicies(topology.guardrails).flatMap(({ Statement }) => Statement) : [];

/** Whether the policy that bootstrap gives the role allows it; of roles, whether for the role itself. */
const mayDeployRole = (action: string) =>
  allowed.some(
    ({ Action, Resource = [] }) =>
      [Action].flat().includes(action) &&
      (!action.startsWith('iam:') || [Resource].flat().some((arn) => arn === deployRole?.arn || arn === '*')),
  );

const isDenied = (action: string, role: string) =>
  denied.some(({ Action, Condition }) => {
    const exempt = [Condition?.ArnNotLike?.['aws:PrincipalArn'] ?? []].flat();
    return [Action].flat().includes(action) && !exempt.some((arn) => arn.endsWith(`:role/${role}`));
  });

describe('the table of who may do what', () => {
  const rows = pageOf('docs/runbooks/README.md')
    .split('\n')
    .filter((line) => /^\|.*\| (?:yes|no) +\|$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .flatMap(([, what = '', actions = '', ...told]) =>
      [...actions.matchAll(/`([\w-]+:\w+)`/g)].map(([, action = '']) => ({ what, action, told: told.slice(0, 4) })),
    );

  test.each(rows)('says who may $what: $action', ({ action, told }) => {
    const yes = (may: boolean) => (may ? 'yes' : 'no');
    expect(told).toEqual([
      yes(mayDeployRole(action)),
      yes(!isDenied(action, NAMES.administrator)),
      yes(!isDenied(action, NAMES.breakGlass)),
      yes(!isDenied(action, NAMES.other)),
    ]);
  });

  test('has rows for what is denied and for what is not', () => {
    expect(rows.length).toBeGreaterThan(14);
    expect(allowed.length).toBeGreaterThan(5);
    expect(denied.length).toBeGreaterThan(5);
  });
});
