import {
  CreateRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { parseArn } from '../aws/arn';
import { ask } from '../live/ask';
import { LiveError } from '../live/live-error';
import { attachedPolicies, inlinePolicyNames } from '../live/role-policies';
import type { Session, Sessions } from '../live/sessions';
import { type DeployRole, deployRolePolicy, deployTrustPolicy } from '../policies/deploy-role';
import { policyJson } from '../policies/policy-document';
import type { Call, Sight, Step, Where } from './step';
import { type FoundPolicy, widened } from './widened-policy';

/** The policy of a deploy role that bootstrap keeps; a role without it is somebody else's. */
const POLICY_NAME = 'cross-account-backup-deploy';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_POLICY_CHARACTERS = 10_240;

export interface DeployRoleProps {
  readonly role: DeployRole;
  /** Who may take a role that is made: ARNs of roles or accounts. */
  readonly trusted: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly where: Where;
}

/** The role that Terraform assumes: made where there is none, widened where bootstrap has made it and more is needed. */
export function deployRole(sessions: Sessions, session: Session, props: DeployRoleProps): Step {
  const { role, trusted, tags, where } = props;
  const iam = sessions.client((config) => new IAMClient(config), session);
  const { path, name } = nameOf(role.arn);
  const wanted = deployRolePolicy(role);
  const create: Call = {
    service: 'iam',
    operation: 'CreateRole',
    parameters: { RoleName: name, Path: path, TrustedPrincipals: trusted },
    send: () =>
      iam.send(
        new CreateRoleCommand({
          RoleName: name,
          Path: path,
          Description: 'Deploys cross-account backup',
          AssumeRolePolicyDocument: policyJson(deployTrustPolicy(trusted)),
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        }),
      ),
  };
  const put = (document: FoundPolicy): Call => {
    const PolicyDocument = JSON.stringify(document);
    const Statements = document.Statement.map(({ Sid }) => Sid ?? 'one without a Sid');
    if (PolicyDocument.length > MAX_POLICY_CHARACTERS)
      throw new LiveError(
        `the policy of ${role.arn} would have ${PolicyDocument.length} characters, and IAM takes ${MAX_POLICY_CHARACTERS}: give the role a policy of your own`,
      );
    return {
      service: 'iam',
      operation: 'PutRolePolicy',
      parameters: { RoleName: name, PolicyName: POLICY_NAME, Statements },
      send: () => iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: POLICY_NAME, PolicyDocument })),
    };
  };
  const look = async (): Promise<Sight> => {
    const found = await ask('iam:GetRole', () => iam.send(new GetRoleCommand({ RoleName: name })), NOT_THERE);
    if (found?.Role === undefined) return { was: 'none', is: 'least privilege', calls: [create, put(wanted)] };
    if (found.Role.Arn !== role.arn)
      return { was: found.Role.Arn ?? '', is: found.Role.Arn ?? '', calls: [], differs: otherPath(role.arn) };
    const document = await documentOf(iam, name);
    if (document === 'none') return { was: 'no policy', is: 'least privilege', calls: [put(wanted)] };
    if (document === 'others') return { was: 'there', is: 'there', calls: [] };
    const wider = widened(document, wanted);
    if (wider === undefined) return { was: 'least privilege', is: 'least privilege', calls: [] };
    return { was: 'lacks permissions', is: 'least privilege', calls: [put(wider)] };
  };
  return { what: `deploy role ${name}`, where, look };
}

const NOT_THERE = { NoSuchEntity: undefined, NoSuchEntityException: undefined };

/** The policy of ours; whether the role has other ones, or none at all, as after a run that was stopped. */
async function documentOf(iam: IAMClient, RoleName: string): Promise<FoundPolicy | 'others' | 'none'> {
  const which = { RoleName, PolicyName: POLICY_NAME };
  const own = await ask('iam:GetRolePolicy', () => iam.send(new GetRolePolicyCommand(which)), NOT_THERE);
  if (own?.PolicyDocument !== undefined) {
    const document = JSON.parse(decodeURIComponent(own.PolicyDocument));
    // Somebody may have left one statement of it, which needs no list.
    return { ...document, Statement: [document.Statement].flat() };
  }
  const names = await inlinePolicyNames(iam, RoleName);
  const attached = await attachedPolicies(iam, RoleName);
  return names.length + attached.length > 0 ? 'others' : 'none';
}

const otherPath = (arn: string) => `a role of that name is there under another path than the config has: ${arn}`;

function nameOf(arn: string): { path: string; name: string } {
  const { resource = '' } = parseArn(arn) ?? {};
  const [, path = '/', name = ''] = /^role(\/(?:.*\/)?)([^/]+)$/.exec(resource) ?? [];
  return { path, name };
}
