import { loadReviewedConfig } from '../../lib/review/review';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { stateReaders } from '../../lib/topology/state-readers';
import { CONFIG_FILES } from '../support/config-files';
import { synthesize } from '../support/synthesize';

describe('stateReaders', () => {
  test.each(CONFIG_FILES)(
    'names for %s the stacks that read the states of others, as they were synthesized',
    (file) => {
      const { config } = loadReviewedConfig(file);
      const read = Object.entries(synthesize(config).stacks).flatMap(([reader, { data }]) =>
        Object.keys(data?.terraform_remote_state ?? {}).map((state) => `${reader} ${state.replace('State-', '')}`),
      );
      const told = [...stateReaders(resolveTopology(config))].flatMap(([stack, readers]) =>
        readers.map((reader) => `${reader} ${stack}`),
      );
      expect(told.sort()).toEqual(read.sort());
    },
  );
});
