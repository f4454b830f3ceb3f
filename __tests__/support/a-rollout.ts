import { aConfig, aConfigInput, aPlan } from './a-config';

export const ROOT = 'o-abc1234567/r-abc1/';
export const UNIT = `${ROOT}ou-abc1-workload/`;
export const OTHER_UNIT = `${ROOT}ou-abc1-platform/`;

interface Given {
  readonly rollouts?: readonly object[];
  readonly plans?: object;
  readonly policies?: object;
  readonly others?: object;
}

/** Plan daily for one unit in us-east-1, copied to the vault of the destination; no source has a stack. */
export const aRolloutInput = ({ rollouts, plans, policies, others }: Given = {}) =>
  aConfigInput({
    organization: { id: 'o-abc1234567', rootId: 'r-abc1' },
    sources: {},
    plans: plans ?? { daily: aPlan() },
    organizationPolicies: {
      rollouts: rollouts ?? [{ name: 'workloads', plans: ['daily'], regions: ['us-east-1'], ous: [UNIT] }],
      ...policies,
    },
    ...others,
  });

export const aRolloutConfig = (given: Given = {}) => aConfig(aRolloutInput(given));
