import {
  ActivateOrganizationsAccessCommand,
  CloudFormationClient,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  type CreateStackSetCommandInput,
  type DeploymentTargets,
  DescribeStackSetOperationCommand,
  ListStackInstancesCommand,
  ListStackSetOperationResultsCommand,
} from '@aws-sdk/client-cloudformation';
import { type EmulatedAws, startEmulatedAws } from '../../sandbox/emulated-aws';
import type { OrganizationSetup } from '../../sandbox/organizations-api/directory';
import { makeOperator } from '../../sandbox/trial/identities';
import { MANAGEMENT } from './backup-client';

export const ROOT = 'r-abc1';
/** A unit with an account, and a unit in it with another one. */
export const OUTER = 'ou-abc1-outer000';
export const INNER = 'ou-abc1-inner000';
export const IN_OUTER = '111111111111';
export const IN_INNER = '333333333333';
/** Directly below the root. */
export const DELEGATE = '222222222222';
export const REGION = 'eu-west-1';

export const anAccount = (id: string, parentId: string) => ({ id, name: id, parentId, email: `${id}@example.com` });

const SETUP: OrganizationSetup = {
  id: 'o-abc1234567',
  rootId: ROOT,
  managementAccountId: MANAGEMENT,
  units: [
    { id: OUTER, name: 'outer', parentId: ROOT },
    { id: INNER, name: 'inner', parentId: OUTER },
  ],
  accounts: [
    anAccount(MANAGEMENT, ROOT),
    anAccount(DELEGATE, ROOT),
    anAccount(IN_OUTER, OUTER),
    anAccount(IN_INNER, INNER),
  ],
};

/** A template with a role of this name in each Region, and what else it shall have. */
export const aTemplate = (name: string, others: object = {}) =>
  JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { 'Fn::Sub': `${name}-\${AWS::Region}` },
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
        },
      },
      ...others,
    },
  });

/** The emulated AWS with StackSets let in, and clients of it. */
export interface StackSetWorld {
  readonly aws: EmulatedAws;
  readonly client: CloudFormationClient;
  /** A client of an administrator of another account. */
  clientOf(accountId: string): Promise<CloudFormationClient>;
  /** Makes a StackSet of the template above, in the name of the management account. */
  create(name: string, given?: Partial<CreateStackSetCommandInput>): Promise<NamedSet>;
  stop(): Promise<void>;
}

/** One StackSet of a world. */
export interface NamedSet {
  readonly id: string | undefined;
  readonly which: { readonly StackSetName: string };
  /** Asks for instances in one Region, and tells what came of it. */
  deploy(DeploymentTargets: DeploymentTargets): Promise<Outcome>;
  outcomeOf(OperationId: string | undefined): Promise<Outcome>;
  /** Accounts with their Region and status, in order. */
  instances(): Promise<string[]>;
}

interface Outcome {
  readonly status: string | undefined;
  /** Account, Region, status and reason of each. */
  readonly results: string[];
}

export async function aStackSetWorld(): Promise<StackSetWorld> {
  const aws = await startEmulatedAws({ organization: SETUP, onTrouble: (trouble) => console.error(trouble) });
  const clients: CloudFormationClient[] = [];
  const clientOf = async (accountId: string) => {
    const credentials = await makeOperator(aws.motoUrl, 'aws', accountId);
    const made = new CloudFormationClient({ region: 'us-east-1', endpoint: aws.url, credentials, maxAttempts: 1 });
    clients.push(made);
    return made;
  };
  const client = await clientOf(MANAGEMENT);
  await client.send(new ActivateOrganizationsAccessCommand({}));
  return {
    aws,
    client,
    clientOf,
    create: async (StackSetName, given = {}) => {
      const asked: CreateStackSetCommandInput = {
        StackSetName,
        PermissionModel: 'SERVICE_MANAGED',
        AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
        ManagedExecution: { Active: true },
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        TemplateBody: aTemplate(StackSetName),
        ...given,
      };
      const { StackSetId } = await client.send(new CreateStackSetCommand(asked));
      return namedSet({ aws, client }, StackSetName, StackSetId);
    },
    stop: async () => {
      for (const made of clients) made.destroy();
      await aws.stop();
    },
  };
}

function namedSet(
  { aws, client }: Pick<StackSetWorld, 'aws' | 'client'>,
  StackSetName: string,
  id: string | undefined,
): NamedSet {
  const which = { StackSetName };
  const outcomeOf = async (OperationId: string | undefined) => {
    await aws.stackSets.settled();
    const { StackSetOperation } = await client.send(new DescribeStackSetOperationCommand({ ...which, OperationId }));
    const { Summaries = [] } = await client.send(new ListStackSetOperationResultsCommand({ ...which, OperationId }));
    const results = Summaries.map(({ Account, Region, Status, StatusReason }) =>
      [Account, Region, Status, StatusReason].filter(Boolean).join(' '),
    );
    return { status: StackSetOperation?.Status, results };
  };
  return {
    id,
    which,
    outcomeOf,
    deploy: async (DeploymentTargets) => {
      const asked = { ...which, Regions: [REGION], DeploymentTargets };
      return outcomeOf((await client.send(new CreateStackInstancesCommand(asked))).OperationId);
    },
    instances: async () => {
      await aws.stackSets.settled();
      const { Summaries = [] } = await client.send(new ListStackInstancesCommand(which));
      return Summaries.map(({ Account, Region, Status }) => `${Account} ${Region} ${Status}`).sort();
    },
  };
}
