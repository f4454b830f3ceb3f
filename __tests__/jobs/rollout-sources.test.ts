import { Entry } from '../../lib/accounts/entry';
import { edgesOf } from '../../lib/jobs/edges';
import { rolloutSources } from '../../lib/jobs/rollout-sources';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { startEmulatedAws } from '../../sandbox/emulated-aws';
import { foundOrganization } from '../../sandbox/trial/found-organization';
import { organizationOf } from '../../sandbox/trial/organization';
import { describeWithMoto } from '../sandbox/policed';
import { aRolloutConfig } from '../support/a-rollout';

const BELOW = 'ou-abc1-teams001';
const account = (id: string, parentId: string) => ({ id, name: id, parentId, email: `${id}@example.com` });

describeWithMoto('rolloutSources', () => {
  test('finds the accounts at work in a unit and in those below, as the sources that they are', async () => {
    const topology = resolveTopology(aRolloutConfig());
    const setup = organizationOf(topology);
    const unit = topology.organizationPolicies?.rollouts[0]?.targetIds[0] ?? '';
    const others = setup.units.filter(({ id }) => id !== unit);
    const aws = await startEmulatedAws({
      organization: {
        ...setup,
        units: [
          ...others,
          { id: unit, name: 'workload', parentId: setup.rootId },
          { id: BELOW, name: 'teams', parentId: unit },
        ],
        accounts: [
          ...setup.accounts,
          account('555555555555', unit),
          account('666666666666', BELOW),
          { ...account('777777777777', BELOW), state: 'SUSPENDED' },
        ],
      },
    });
    const credentials = await foundOrganization(aws.motoUrl, topology);
    const entry = new Entry(topology, { endpoint: aws.url, credentials }, { name: 'test' });
    try {
      const sources = await rolloutSources(entry, topology);
      const names = [...new Set(sources.map(({ name }) => name))];
      expect(names).toEqual(expect.arrayContaining(['555555555555', '666666666666']));
      expect(names).not.toContain('777777777777');
      const [edge] = edgesOf(topology, sources);
      expect(edge?.from).toMatch(/^\d{12}\/[\w-]+$/);
    } finally {
      entry.close();
      await aws.stop();
    }
  });
});
