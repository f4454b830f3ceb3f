import { mutationSuite } from '../support/mutation-suite';

mutationSuite('air-gapped vaults under own keys', { mutants: 421, caught: 414 });
