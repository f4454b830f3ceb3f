import {
  CloudFormationClient,
  paginateListStackInstances,
  type StackInstanceSummary,
} from '@aws-sdk/client-cloudformation';
import type { Where } from '../../bootstrap/step';
import { listAll } from '../../live/list-all';
import { ORGANIZATION_POLICIES_STACK } from '../../topology/names';
import type { Rollout, StackSetTargets } from '../../topology/rollout';
import { type Auditee, hasBaseline } from '../auditee';
import type { CheckOf, OrganizationSight } from '../check';
import { error, type Problem, warning } from '../finding';

/** Where a stack should be, by account and Region. */
type Instances = ReadonlyMap<string, StackInstanceSummary>;

/** Whether each account has the stack that a backup policy works with, and whether StackSets could bring it up to date. */
export const stackInstances: CheckOf<'organization'> = {
  name: 'StackSets',
  of: 'organization',
  problems: async (sight) => {
    const { organizationPolicies: policies } = sight.topology;
    if (!policies) return [];
    const { units, accounts } = policies.baseline;
    return [
      ...(await problemsOf(units, (auditee) => regionsBy(auditee, 'unit'), sight)),
      ...(await problemsOf(accounts, (auditee) => regionsBy(auditee, 'account'), sight)),
    ];
  },
};

/** Regions that an account gets a stack in by its units, or by its own id. */
function regionsBy({ reaches }: Auditee, by: 'unit' | 'account'): string[] {
  const regions = (rollout: Rollout) => rollout.members.map(({ region }) => region);
  return [
    ...new Set(reaches.flatMap((reach) => (reach.by === by || reach.by === 'both' ? regions(reach.rollout) : []))),
  ];
}

async function problemsOf(
  { stackSetName, targets }: StackSetTargets,
  regionsOf: (auditee: Auditee) => readonly string[],
  sight: OrganizationSight,
): Promise<(Problem & { where?: Where })[]> {
  if (targets.length === 0) return [];
  const what = `stack of ${stackSetName}`;
  const instances = await instancesOf(stackSetName, sight);
  if (!instances) return [error(`StackSet ${stackSetName}`, 'not there', 'a StackSet of this name', DEPLOY)];
  return sight.auditees.filter(isExpected).flatMap((auditee) =>
    regionsOf(auditee)
      .filter(sight.isAsked)
      .flatMap((region) => {
        const where = { name: auditee.name, accountId: auditee.accountId, region };
        return problemsOfOne(what, instances.get(`${auditee.accountId} ${region}`)).map((problem) => ({
          ...problem,
          where,
        }));
      }),
  );
}

const DEPLOY = `deploy the stack ${ORGANIZATION_POLICIES_STACK}`;

/** StackSets pass over accounts that are suspended. */
const isExpected = (auditee: Auditee) => hasBaseline(auditee) && auditee.member?.state === 'ACTIVE';

function problemsOfOne(what: string, instance: StackInstanceSummary | undefined): Problem[] {
  const again = `find the reason in the events of the stack in that account, then ${DEPLOY}`;
  if (!instance) return [error(what, 'not there', 'CURRENT', DEPLOY)];
  const { Status, StackInstanceStatus, StatusReason } = instance;
  const detail = StackInstanceStatus?.DetailedStatus;
  if (detail === 'PENDING' || detail === 'RUNNING')
    return [warning(what, `${Status}, ${detail}`, 'CURRENT', 'wait until the operation is over, and look again')];
  if (Status === 'CURRENT') return [];
  const parts = [Status, detail, StatusReason].filter((part) => part !== undefined);
  const remedy =
    Status === 'INOPERABLE' ? 'delete the stack instance with its stack retained, and deploy again' : again;
  return [error(what, parts.join(', '), 'CURRENT', remedy)];
}

/** From the management account, which sees what a delegated administrator made too. */
async function instancesOf(
  StackSetName: string,
  { organization: { access }, topology }: OrganizationSight,
): Promise<Instances | undefined> {
  const region = topology.organizationPolicies?.site.region;
  const client = access.sessions.client((config) => new CloudFormationClient(config), access.session, region);
  const found = await listAll(
    'cloudformation:ListStackInstances',
    () => paginateListStackInstances({ client, pageSize: 100 }, { StackSetName }),
    ({ Summaries }) => Summaries,
    { StackSetNotFoundException: undefined },
  );
  return found && new Map(found.map((instance) => [`${instance.Account} ${instance.Region}`, instance]));
}
