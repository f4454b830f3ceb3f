import { deployRolePolicy } from '../../lib/policies/deploy-role';
import { deployersOf } from '../../lib/policies/deployers';
import { loadReviewedConfig } from '../../lib/review/review';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { CONFIG_FILES } from '../support/config-files';
import { pageOf, quotedIn } from './pages';

/** What deploys the management stack and the rollouts, of all examples, without the sites that it may deploy besides. */
const statements = CONFIG_FILES.flatMap((file) => {
  const { roles, ambient } = deployersOf(resolveTopology(loadReviewedConfig(file).config));
  return [...roles, ...(ambient ? [ambient] : [])].flatMap(
    (deployer) => deployRolePolicy({ ...deployer, sites: [] }).Statement,
  );
});

test('docs/permissions.md names the statements that the stacks management and organization-policies take', () => {
  const named = quotedIn(pageOf('docs/permissions.md')).filter((quoted) => /^Allow[A-Z]\w+$/.test(quoted));
  expect(new Set(named)).toEqual(new Set(statements.map(({ Sid }) => Sid)));
  expect(named.length).toBeGreaterThan(5);
});
