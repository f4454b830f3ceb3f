import type { OrganizationSetup } from '../../sandbox/organizations-api/directory';

/** The root has the unit Workloads with the source in it; the destination is in the root itself. */
export const aSetup = (managementAccountId: string): OrganizationSetup => {
  const rootId = 'r-abc1';
  const unit = 'ou-abc1-workloads';
  const account = (id: string, name: string, parentId = rootId) => ({
    id,
    name,
    parentId,
    email: `${name}@example.com`,
  });
  return {
    id: 'o-abc1234567',
    rootId,
    managementAccountId,
    units: [{ id: unit, name: 'Workloads', parentId: rootId }],
    accounts: [
      account(managementAccountId, 'management'),
      account('111111111111', 'source', unit),
      account('222222222222', 'destination'),
    ],
  };
};
