import { mutationSuite } from '../support/mutation-suite';

mutationSuite('backup.yaml', { mutants: 390, caught: 385 });
