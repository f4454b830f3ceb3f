import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unownedFiles, unownedWorkspaces } from '../../lib/drift/unowned-states';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig } from '../support/a-config';
import { temporaryFolder } from '../support/temporary-folder';

const topology = resolveTopology(aConfig());
const folder = temporaryFolder();
const [owned] = topology.sources.map(({ stackName }) => stackName);
const resource = (instances: number, mode = 'managed') => ({
  mode,
  instances: Array.from({ length: instances }, () => ({})),
});
const state = (...resources: object[]) => JSON.stringify({ version: 4, resources });

describe('states that no stack owns', () => {
  test('are files of stacks of ours that hold resources', () => {
    mkdirSync(join(folder, 'state'));
    const files = {
      [`${owned}.tfstate`]: state(resource(1)),
      'source-gone-us-east-1.tfstate': state(resource(2), resource(1), resource(5, 'data')),
      'source-gone-us-east-1.tfstate.backup': state(resource(2)),
      'destination-destroyed-eu-west-1.tfstate': state(),
      'somebody-elses.tfstate': state(resource(2)),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'state', name), text);
    expect(unownedFiles({ backend: 'local', path: join(folder, 'state') }, topology)).toEqual([
      { stack: 'source-gone-us-east-1', where: join(folder, 'state', 'source-gone-us-east-1.tfstate'), resources: 3 },
    ]);
    expect(unownedFiles({ backend: 'local', path: join(folder, 'none') }, topology)).toEqual([]);
  });

  test('are workspaces with the prefix that hold resources', () => {
    const workspaces = [
      ['cab-source-gone-us-east-1', 4],
      ['cab-destination-empty-eu-west-1', 0],
      [`cab-${owned}`, 4],
      ['cab-test-source-gone-us-east-1', 4],
      ['other-source-gone-us-east-1', 4],
    ].map(([name, count]) => ({ id: `ws-${name}`, type: 'workspaces', attributes: { name, 'resource-count': count } }));
    const hcp = {
      backend: 'hcp',
      organization: 'acme',
      workspacePrefix: 'cab-',
      runTriggers: false,
      healthAssessments: false,
    } as const;
    expect(unownedWorkspaces(workspaces, hcp, topology)).toEqual([
      { stack: 'source-gone-us-east-1', where: 'acme/cab-source-gone-us-east-1', resources: 4 },
    ]);
  });
});
