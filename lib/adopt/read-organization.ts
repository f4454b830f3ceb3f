import { BackupClient, DescribeGlobalSettingsCommand } from '@aws-sdk/client-backup';
import {
  DescribePolicyCommand,
  DescribeResourcePolicyCommand,
  type PolicyType,
  paginateListDelegatedAdministrators,
  paginateListPolicies,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import type { Access } from '../accounts/access';
import { ask } from '../live/ask';
import { inParallel } from '../live/in-parallel';
import { listAll } from '../live/list-all';
import type { FoundOrganization, FoundPolicy } from './inventory';

const AT_A_TIME = 4;

/** What of the organization is looked at. */
export interface OrganizationScope {
  /** The Region that the organization-wide settings are asked of. */
  readonly region: string;
  /** Services that may have a delegated administrator. */
  readonly services: readonly string[];
  /** Policies by type and name. */
  readonly policies: readonly { readonly type: string; readonly name: string }[];
  readonly hasResourcePolicy: boolean;
}

/** Reads what the organization itself has of what a config makes. */
export async function readOrganization(access: Access, scope: OrganizationScope): Promise<FoundOrganization> {
  const { sessions, session, organizations } = access;
  const backup = sessions.client((config) => new BackupClient(config), session, scope.region);
  const { GlobalSettings: globalSettings = {} } = await ask('backup:DescribeGlobalSettings', () =>
    backup.send(new DescribeGlobalSettingsCommand({})),
  );
  const administrators = await inParallel(AT_A_TIME, scope.services, async (service) => {
    const found = await listAll(
      'organizations:ListDelegatedAdministrators',
      () => paginateListDelegatedAdministrators({ client: organizations }, { ServicePrincipal: service }),
      (page) => page.DelegatedAdministrators,
    );
    return found.map(({ Id: accountId = '' }) => ({ accountId, service }));
  });
  const types = [...new Set(scope.policies.map(({ type }) => type))];
  const policies = await inParallel(AT_A_TIME, types, (type) => readPolicies(access, type, scope));
  return {
    globalSettings,
    delegatedAdministrators: administrators.flat(),
    policies: policies.flat(),
    resourcePolicy: scope.hasResourcePolicy ? await readResourcePolicy(access) : undefined,
  };
}

async function readPolicies({ organizations: client }: Access, type: string, scope: OrganizationScope) {
  const names = new Set(scope.policies.flatMap((policy) => (policy.type === type ? [policy.name] : [])));
  const listed = await listAll(
    'organizations:ListPolicies',
    () => paginateListPolicies({ client }, { Filter: type as PolicyType }),
    ({ Policies }) => Policies,
  );
  const wanted = listed.filter(({ Name = '' }) => names.has(Name));
  return inParallel(AT_A_TIME, wanted, async ({ Id: PolicyId = '', Name: name = '' }): Promise<FoundPolicy> => {
    const { Policy } = await ask('organizations:DescribePolicy', () =>
      client.send(new DescribePolicyCommand({ PolicyId })),
    );
    const targets = await listAll(
      'organizations:ListTargetsForPolicy',
      () => paginateListTargetsForPolicy({ client }, { PolicyId }),
      ({ Targets }) => Targets,
    );
    const targetIds = targets.flatMap(({ TargetId }) => TargetId ?? []);
    return { id: PolicyId, name, type, content: Policy?.Content ?? '{}', targetIds };
  });
}

async function readResourcePolicy({ organizations }: Access) {
  const found = await ask(
    'organizations:DescribeResourcePolicy',
    () => organizations.send(new DescribeResourcePolicyCommand({})),
    { ResourcePolicyNotFoundException: undefined },
  );
  const id = found?.ResourcePolicy?.ResourcePolicySummary?.Id;
  return id === undefined ? undefined : { id, content: found?.ResourcePolicy?.Content ?? '{}' };
}
