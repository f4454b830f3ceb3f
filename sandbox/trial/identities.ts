import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ANY_CREDENTIALS, actAs } from '../tools/act-as';

/** Keys as an SDK's client takes them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The user that operators of the sandbox sign in as. */
const OPERATOR = 'operator';

/**
 * Makes a user who may do everything in an account, as an account's first user is made: from outside, at moto itself.
 * @param partition - the account's, such as `aws`
 */
export async function makeOperator(motoUrl: string, partition: string, accountId: string): Promise<Credentials> {
  const iam = actAs(accountId, new IAMClient({ region: 'us-east-1', endpoint: motoUrl, credentials: ANY_CREDENTIALS }));
  const user = { UserName: OPERATOR };
  await iam.send(new GetUserCommand(user)).catch(async () => {
    await iam.send(new CreateUserCommand(user));
    const PolicyArn = `arn:${partition}:iam::aws:policy/AdministratorAccess`;
    await iam.send(new AttachUserPolicyCommand({ ...user, PolicyArn }));
  });
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand(user));
  iam.destroy();
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
}

/** Assumes a role through the gateway, which asks the role's trust policy. */
export async function assumeRole(endpoint: string, credentials: Credentials, roleArn: string): Promise<Credentials> {
  const sts = new STSClient({ region: 'us-east-1', endpoint, credentials });
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'sandbox' }),
  );
  sts.destroy();
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
}

/** What of the environment could lead a command to a real account, or past the sandbox. */
const LEADS_ELSEWHERE = /^(AWS_|TF_VAR_|TF_WORKSPACE$|TF_CLI_ARGS|TF_DATA_DIR$)/;

/** The environment that a command needs to see the sandbox, and nothing but the sandbox. */
export function sandboxEnvironment(endpoint: string, credentials: Credentials, region: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !LEADS_ELSEWHERE.test(name));
  return { ...Object.fromEntries(inherited), ...sandboxVariables(endpoint, credentials, region) };
}

/** The variables that point any AWS client at the sandbox. */
export const sandboxVariables = (
  endpoint: string,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  region: string,
): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  // No profile, and no address of a machine's own metadata, may come in between.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
});
