import { actionMatcher } from '../../lib/iam/action-matcher';
import { deployRolePolicy } from '../../lib/policies/deploy-role';
import { deployersOf } from '../../lib/policies/deployers';
import { OPERATOR_ACTIONS } from '../../lib/policies/operator-actions';
import type { Statement } from '../../lib/policies/policy-document';
import { loadReviewedConfig } from '../../lib/review/review';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { CONFIG_FILES } from '../support/config-files';
import { synthesize } from '../support/synthesize';
import { TERRAFORM_CALLS } from './terraform-calls';

/**
 * What a deploy role may do besides: look around and make the service-linked role for bootstrap, pass a role to a restore, and
 * what the commands of the day after call.
 */
const NOT_TERRAFORMS = [
  'iam:ListRoles',
  'iam:CreateServiceLinkedRole',
  'iam:PassRole',
  ...Object.values(OPERATOR_ACTIONS).flat(),
];

/** What changes of a setting call, for which no role has to be widened first: locks, and the policy for copying back. */
const FOR_CHANGES = [
  'backup:PutBackupVaultLockConfiguration',
  'backup:DeleteBackupVaultLockConfiguration',
  'iam:PutRolePolicy',
  'iam:GetRolePolicy',
  'iam:DeleteRolePolicy',
];

const allows = (statements: readonly Statement[]) =>
  actionMatcher(
    statements.flatMap(({ Action }) => Action),
    (why) => {
      throw new Error(why);
    },
  );

/** Each identity of a config that deploys, with the types of all stacks that it deploys. */
const deployers = CONFIG_FILES.flatMap((file) => {
  const { config } = loadReviewedConfig(file);
  const topology = resolveTopology(config);
  const { stacks } = synthesize(config);
  const { roles, ambient } = deployersOf(topology);
  return [
    ...roles.map((role) => ({ ...role, who: role.arn })),
    ...(ambient ? [{ ...ambient, who: 'ambient' }] : []),
  ].map((deployer) => {
    const sites = [deployer.management, deployer.organizationPolicies?.site, ...deployer.sites];
    const json = sites.flatMap((site) => (site ? [stacks[site.stackName]] : []));
    const types = json.flatMap((stack) => [...Object.keys(stack?.resource ?? {}), ...Object.keys(stack?.data ?? {})]);
    return { file, who: deployer.who, types: new Set(types), statements: deployRolePolicy(deployer).Statement };
  });
});

test('every type of every example is known by what Terraform calls for it', () => {
  const types = new Set(deployers.flatMap(({ types }) => [...types]));
  expect([...types].filter((type) => !(type in TERRAFORM_CALLS))).toEqual([]);
  expect(Object.keys(TERRAFORM_CALLS).filter((type) => !types.has(type))).toEqual([]);
});

test('every stack of every example is deployed by an identity that has a policy', () => {
  const deployed = deployers.reduce((sum, { statements }) => sum + Number(statements.length > 0), 0);
  expect(deployed).toBe(deployers.length);
  expect(deployed).toBeGreaterThan(CONFIG_FILES.length);
});

test.each(deployers)('$who of $file may call what its types take', ({ types, statements }) => {
  const isAllowed = allows(statements);
  const needed = [...types].flatMap((type) => TERRAFORM_CALLS[type] ?? []);
  expect(needed.filter((action) => !isAllowed(action.toLowerCase()))).toEqual([]);
});

test.each(deployers)('$who of $file may call nothing else', ({ types, statements }) => {
  const needed = [...types].flatMap((type) => TERRAFORM_CALLS[type] ?? []).map((action) => action.toLowerCase());
  const unused = statements.flatMap(({ Sid, Action }) =>
    [Action].flat().filter((action) => {
      const isCalled = allows([{ Sid, Effect: 'Allow', Action: action }]);
      return !needed.some(isCalled) && !NOT_TERRAFORMS.includes(action) && !FOR_CHANGES.includes(action);
    }),
  );
  expect(unused).toEqual([]);
});
