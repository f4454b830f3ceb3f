import { decide } from '../../lib/iam/decide';
import { compilePolicy } from '../../lib/iam/policy';
import { deployersOf } from '../../lib/policies/deployers';
import { pipelineRolePolicy, stateRolePolicy } from '../../lib/policies/pipeline-role';
import { type PolicyDocument, policyJson } from '../../lib/policies/policy-document';
import { policyFiles } from '../../lib/report/policy-files';
import { loadReviewedConfig } from '../../lib/review/review';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig, DESTINATION_ID, MANAGEMENT_ID, SOURCE_ID } from '../support/a-config';
import { CONFIG_FILES } from '../support/config-files';

const PIPELINE = `arn:aws:iam::${MANAGEMENT_ID}:role/Pipeline`;
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const S3 = { backend: 's3', bucket: 'acme-states', region: 'eu-west-1' } as const;
const topologyOf = (overrides: Parameters<typeof aConfig>[0] = {}) => resolveTopology(aConfig(overrides));
const withState = (state: object) => pipelineRolePolicy(topologyOf({ state: { ...S3, ...state } }));
const sids = (policy: PolicyDocument | undefined) => policy?.Statement.map(({ Sid }) => Sid);
const statement = (policy: PolicyDocument | undefined, sid: string) => policy?.Statement.find(({ Sid }) => Sid === sid);

/** Whether the policy alone allows what the bucket's and the key's own account decide. */
function allows(policy: PolicyDocument, action: string, arn: string, accountId = MANAGEMENT_ID): boolean {
  const caller = { kind: 'role', id: PIPELINE, accountId } as const;
  const request = { caller, action, resource: { arn, accountId }, context: {} };
  const identity = [compilePolicy('pipeline role', policy)];
  return decide(request, { identity, serviceControl: [], resource: undefined }).isAllowed;
}

describe('pipelineRolePolicy', () => {
  test('takes exactly the deploy roles of the config', () => {
    expect(statement(pipelineRolePolicy(topologyOf()), 'AllowTakingDeployRoles')).toEqual({
      Sid: 'AllowTakingDeployRoles',
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: [DESTINATION_ID, SOURCE_ID].map((id) => `arn:aws:iam::${id}:role/OrganizationAccountAccessRole`),
    });
  });

  test('deploys the management stack itself where no role does', () => {
    const without = pipelineRolePolicy(topologyOf());
    const withRole = pipelineRolePolicy(
      topologyOf({ management: { ...aConfig().management, deployRole: 'Settings' } }),
    );
    expect(sids(without)).toContain('AllowGuardrails');
    expect(sids(withRole)).toEqual(['AllowTakingDeployRoles']);
    expect(statement(withRole, 'AllowTakingDeployRoles')?.Resource).toContain(
      `arn:aws:iam::${MANAGEMENT_ID}:role/Settings`,
    );
  });

  const state = 'arn:aws:s3:::acme-states/cross-account-backup/management.tfstate';
  const former = 'arn:aws:s3:::acme-states/cross-account-backup/source-gone-us-east-1.tfstate';
  test.each([
    ['s3:ListBucket', 'arn:aws:s3:::acme-states', true],
    ['s3:GetObject', state, true],
    ['s3:PutObject', state, true],
    ['s3:DeleteObject', state, false],
    ['s3:PutObject', `${state}.tflock`, true],
    ['s3:DeleteObject', `${state}.tflock`, true],
    ['s3:GetObject', 'arn:aws:s3:::acme-states/cross-account-backup/of-others.tfstate', false],
    ['s3:GetObject', 'arn:aws:s3:::acme-states/other-prefix/management.tfstate', false],
    ['s3:GetObject', former, true],
    ['s3:PutObject', former, false],
    ['s3:GetObject', `${former}.tflock`, false],
    ['s3:PutBucketPolicy', 'arn:aws:s3:::acme-states', false],
  ])('with states in a bucket, %s on %s: %s', (action, arn, isAllowed) => {
    expect(allows(withState({}), action, arn)).toBe(isAllowed);
  });

  test.each([
    [KEY, `arn:aws:kms:eu-west-1:${MANAGEMENT_ID}:key/${KEY}`],
    [`arn:aws:kms:eu-west-1:444444444444:key/${KEY}`, `arn:aws:kms:eu-west-1:444444444444:key/${KEY}`],
  ])('uses the key %s of the states, and no other', (kmsKeyId, arn) => {
    expect(statement(withState({ kmsKeyId }), 'AllowKeyOfStates')?.Resource).toBe(arn);
    expect(statement(withState({}), 'AllowKeyOfStates')).toBeUndefined();
  });

  test('uses a key by the alias that it has', () => {
    expect(statement(withState({ kmsKeyId: 'alias/states' }), 'AllowKeyOfStates')).toMatchObject({
      Resource: `arn:aws:kms:eu-west-1:${MANAGEMENT_ID}:key/*`,
      Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/states' } },
    });
  });

  test('leaves the states to the role that the config names for them', () => {
    const topology = topologyOf({ state: { ...S3, accountId: '444444444444', role: 'infrastructure/States' } });
    const policy = pipelineRolePolicy(topology);
    expect(sids(policy)).not.toContain('AllowStates');
    expect(statement(policy, 'AllowTakingDeployRoles')?.Resource).toContain(
      'arn:aws:iam::444444444444:role/infrastructure/States',
    );
    expect(sids(stateRolePolicy(topology))).toEqual([
      'AllowFindingStates',
      'AllowStates',
      'AllowReadingFormerStates',
      'AllowLocks',
    ]);
    expect(stateRolePolicy(topologyOf({ state: S3 }))).toBeUndefined();
  });
});

describe.each(CONFIG_FILES)('the pipeline role of %s', (file) => {
  const topology = resolveTopology(loadReviewedConfig(file).config);
  const policy = pipelineRolePolicy(topology);

  test('fits into an inline policy, and its Sids differ', () => {
    expect(policyJson(policy).length).toBeLessThan(10_240);
    expect(new Set(sids(policy)).size).toBe(policy.Statement.length);
  });

  test('and each deploy role are written out', () => {
    const paths = policyFiles(topology).map(({ path }) => path);
    const { roles } = deployersOf(topology);
    expect(paths).toContain('deploy-policies/pipeline-role.json');
    expect(paths.filter((path) => /^deploy-policies\/\d{12}-/.test(path))).toHaveLength(roles.length);
    expect(new Set(paths).size).toBe(paths.length);
  });
});
