import { Testing } from 'cdktf';
import { loadReviewedConfig } from '../../lib/review/review';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { buildStacks } from '../../stacks/build-stacks';
import { organizationApp } from '../../stacks/organization-app';
import { synthesize } from '../support/synthesize';
import { temporaryFolder } from '../support/temporary-folder';

const { config } = loadReviewedConfig('backup.yaml');
const { stacks } = synthesize(config);
const outdir = temporaryFolder();

describe('the default organization', () => {
  test.each(Object.entries(stacks))('%s reads in review like a plan', (_, json) => {
    expect(json).toMatchSnapshot();
  });

  // Ids are the contract with the state: another id destroys a vault and makes it anew.
  test('keeps the ids of everything that is deployed', () => {
    const app = organizationApp(outdir);
    const built = buildStacks(app, resolveTopology(config));
    expect(built.map((stack) => Testing.renderConstructTree(stack)).join('\n')).toMatchSnapshot();
  });
});
