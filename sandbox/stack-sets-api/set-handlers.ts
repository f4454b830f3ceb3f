import type * as sdk from '@aws-sdk/client-cloudformation';
import { readTemplate } from '../cloudformation/template';
import { ApiError } from '../wire/api-error';
import type { InputOf } from '../wire/typed';
import { underWay } from './deployer';
import { invalid, nameExists, notManagement, operationInProgress, stackSetNotEmpty } from './errors';
import { admit, isActivated, page, SERVICE, stackSetOf } from './lookups';
import type { Handlers } from './operations';
import type { Definition, StackSet } from './stack-sets';

/** StackSets, and their being let into the organization. */
export const setHandlers = {
  ActivateOrganizationsAccess: (_, { caller, directory, now }) => {
    if (caller.accountId !== directory.managementAccountId) throw notManagement();
    if (!isActivated(directory)) directory.services.set(SERVICE, now);
    return {};
  },

  DescribeOrganizationsAccess: (_, { caller, directory }) => {
    if (caller.accountId !== directory.managementAccountId) throw notManagement();
    return { Status: isActivated(directory) ? 'ENABLED' : 'DISABLED' };
  },

  CreateStackSet: (given, call) => {
    const { StackSetName: name, CallAs, PermissionModel } = given;
    admit(call, CallAs);
    if (PermissionModel !== 'SERVICE_MANAGED')
      throw new ApiError(
        'OperationNotInSandbox',
        'the sandbox serves StackSets with the SERVICE_MANAGED permission model',
      );
    if (!/^[a-zA-Z][a-zA-Z0-9-]{0,127}$/.test(name)) throw invalid(`Invalid StackSet name: ${name}`);
    if (!given.AutoDeployment)
      throw invalid('AutoDeployment is required for stack sets with SERVICE_MANAGED permissions');
    if (call.stackSets.find(call.region, name)) throw nameExists(name);
    const { setup, managementAccountId } = call.directory;
    const id = `${name}:${call.stackSets.nextId('stack-set')}`;
    call.stackSets.add(call.region, {
      name,
      id,
      arn: `arn:${setup.partition ?? 'aws'}:cloudformation:${call.region}:${managementAccountId}:stackset/${id}`,
      definition: definitionOf(given, undefined),
      targets: new Map(),
      instances: new Map(),
      operations: new Map(),
      tail: Promise.resolve(),
    });
    return { StackSetId: id };
  },

  DescribeStackSet: ({ StackSetName, CallAs }, call) => {
    const set = stackSetOf(call, StackSetName, CallAs);
    const { definition } = set;
    return {
      StackSet: {
        ...summaryOf(set),
        StackSetARN: set.arn,
        TemplateBody: definition.templateBody,
        Capabilities: [...definition.capabilities] as [],
        Tags: [...definition.tags],
        Parameters: [],
        AdministrationRoleARN: `arn:${set.arn.split(':')[1]}:iam::${set.arn.split(':')[4]}:role/aws-service-role/stacksets.cloudformation.amazonaws.com/AWSServiceRoleForCloudFormationStackSetsOrgAdmin`,
        OrganizationalUnitIds: [...new Set([...set.instances.values()].map(({ unitId }) => unitId))],
        Regions: [...new Set([...set.instances.values()].map(({ region }) => region))],
      },
    };
  },

  UpdateStackSet: (given, call) => {
    const set = stackSetOf(call, given.StackSetName, given.CallAs);
    const definition = definitionOf(given, set.definition);
    const operation = call.deployer.start(set, {
      id: given.OperationId,
      action: 'UPDATE',
      isRetaining: false,
      preferences: given.OperationPreferences ?? {},
      targets: [...set.instances.values()],
    });
    set.definition = definition;
    return { OperationId: operation.id };
  },

  DeleteStackSet: ({ StackSetName, CallAs }, call) => {
    const set = stackSetOf(call, StackSetName, CallAs);
    const busy = underWay(set);
    if (busy) throw operationInProgress(busy.id);
    if (set.instances.size > 0) throw stackSetNotEmpty();
    call.stackSets.remove(call.region, set.name);
    return {};
  },

  ListStackSets: ({ CallAs, Status, ...given }, call) => {
    admit(call, CallAs);
    const { items, NextToken } = page(Status === 'DELETED' ? [] : call.stackSets.in(call.region), given);
    return { Summaries: items.map(summaryOf), NextToken };
  },
} satisfies Handlers;

type Asked = InputOf<typeof sdk, 'CreateStackSet'> | InputOf<typeof sdk, 'UpdateStackSet'>;

/** What a StackSet shall be; an update without a template, tags or capabilities keeps those that are there. */
function definitionOf(given: Asked, standing: Definition | undefined): Definition {
  const { TemplateBody = standing?.templateBody, AutoDeployment, Capabilities = standing?.capabilities ?? [] } = given;
  if (given.TemplateURL !== undefined || (given.Parameters ?? []).length > 0)
    throw invalid('the sandbox reads neither templates by URL nor parameters');
  if (TemplateBody === undefined) throw invalid('Exactly one of TemplateBody or TemplateUrl must be specified');
  if (AutoDeployment?.Enabled !== true && AutoDeployment?.RetainStacksOnAccountRemoval !== undefined)
    throw invalid('RetainStacksOnAccountRemoval is specified only if Enabled is set to true');
  const template = readTemplate(TemplateBody);
  const named = template.resources.some(([, { Type }]) => Type.startsWith('AWS::IAM::'));
  if (named && !Capabilities.includes('CAPABILITY_NAMED_IAM'))
    throw new ApiError('InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_NAMED_IAM]');
  return {
    description: given.Description,
    templateBody: TemplateBody,
    template,
    capabilities: Capabilities,
    tags: given.Tags ?? standing?.tags ?? [],
    isAutoDeployed: AutoDeployment ? AutoDeployment.Enabled === true : (standing?.isAutoDeployed ?? false),
    isRetainedOnRemoval: AutoDeployment
      ? AutoDeployment.RetainStacksOnAccountRemoval === true
      : (standing?.isRetainedOnRemoval ?? false),
    isManagedExecution: given.ManagedExecution
      ? given.ManagedExecution.Active === true
      : (standing?.isManagedExecution ?? false),
  };
}

const summaryOf = ({ name, id, definition }: StackSet) => ({
  StackSetName: name,
  StackSetId: id,
  Description: definition.description,
  Status: 'ACTIVE' as const,
  PermissionModel: 'SERVICE_MANAGED' as const,
  AutoDeployment: definition.isAutoDeployed
    ? { Enabled: true, RetainStacksOnAccountRemoval: definition.isRetainedOnRemoval }
    : { Enabled: false },
  ManagedExecution: { Active: definition.isManagedExecution },
});
