import { mutationSuite } from '../support/mutation-suite';

mutationSuite('generations, units and break-glass roles', { mutants: 341, caught: 337 });
