import { MAX_LISTED_ACCOUNTS } from '../aws/limits';
import { partitionOf } from '../aws/regions';
import type { Check } from './check';
import type { Config } from './config';
import type { Problem } from './config-error';
import { sourceSites } from './config-sites';
import { isReached, type PlacedRollout, placedRollouts, runFromDestination } from './rollouts';
import { didYouMean } from './suggestions';

/** Each rollout brings plans that are there to accounts that nobody else backs up by the same plan. */
export const checkRollouts: Check = (config, written) => {
  const rollouts = placedRollouts(config);
  const { standIns } = written;
  return [
    ...repeatedNames(rollouts),
    ...rollouts.flatMap((placed) => [
      ...(standIns.has('plans') ? [] : missingPlans(placed, written.plans)),
      ...repeatedEntries(placed),
      ...nobody(placed),
      ...(standIns.has('management') || standIns.has('management.region') ? [] : otherPartitions(placed, config)),
      ...wrongAccounts(placed, config),
    ]),
    ...rolledOutTwice(rollouts),
    ...backedUpTwice(rollouts, config),
    ...wrongRunFrom(config, written.destinations, standIns),
    ...crossAccountSwitch(rollouts, config),
  ];
};

function repeatedNames(rollouts: readonly PlacedRollout[]): Problem[] {
  const names = rollouts.map(({ rollout }) => rollout.name.toLowerCase());
  return rollouts.flatMap(({ rollout, path }, index) =>
    names.indexOf(rollout.name.toLowerCase()) === index
      ? []
      : [
          {
            path: [...path, 'name'],
            message: `must be unique, upper and lower case apart, got "${rollout.name}" a second time`,
          },
        ],
  );
}

const missingPlans = ({ rollout, path }: PlacedRollout, written: ReadonlySet<string>): Problem[] =>
  rollout.plans.flatMap((plan, index) =>
    written.has(plan)
      ? []
      : [
          {
            path: [...path, 'plans', index],
            message: `must name a plan of this file (${[...written].join(', ') || 'it has none'}), got "${plan}"${didYouMean(plan, [...written])}`,
          },
        ],
  );

const repeatedEntries = ({ rollout, path }: PlacedRollout): Problem[] =>
  (['plans', 'regions', 'ous', 'accounts'] as const).flatMap((field) =>
    rollout[field].flatMap((value, index) =>
      (rollout[field] as readonly string[]).indexOf(value) === index
        ? []
        : [{ path: [...path, field, index], message: `must be unique, got "${value}" a second time` }],
    ),
  );

const nobody = ({ rollout, path }: PlacedRollout): Problem[] =>
  rollout.ous.length + rollout.accounts.length > 0
    ? []
    : [{ path, message: 'must reach somebody, got neither ous nor accounts: name units, accounts, or both' }];

function otherPartitions({ rollout, path }: PlacedRollout, config: Config): Problem[] {
  const partition = partitionOf(config.management.region);
  const copies = rollout.plans.some((plan) => config.plans[plan]?.rules.some((rule) => rule.copies.length > 0));
  return [
    ...rollout.regions.flatMap((region, index) =>
      partitionOf(region) === partition
        ? []
        : [
            {
              path: [...path, 'regions', index],
              message: `must be a Region of partition ${partition}, as management.region is, got "${region}": an organization never spans partitions`,
            },
          ],
    ),
    ...(partition === 'aws-cn' && copies
      ? [
          {
            path: [...path, 'plans'],
            message: 'must have no copies in China: AWS Backup has no cross-account copy there',
          },
        ]
      : []),
  ];
}

function wrongAccounts({ rollout, path }: PlacedRollout, { management, destinations, plans }: Config): Problem[] {
  const kept = new Map(Object.entries(destinations).map(([name, { accountId }]) => [accountId, name]));
  const copies = rollout.plans.some((plan) => plans[plan]?.rules.some((rule) => rule.copies.length > 0));
  return [
    ...rollout.accounts.flatMap((accountId, index): Problem[] => {
      const place = [...path, 'accounts', index];
      if (accountId === management.accountId) {
        const message = `must not be the management account, got "${accountId}": StackSets make no baseline there; name it in sources`;
        return [{ path: place, message }];
      }
      const destination = kept.get(accountId);
      if (destination === undefined) return [];
      const message = `must not be the account of destination ${destination}, got "${accountId}": a copy in the account it was made in is lost with the account`;
      return [{ path: place, message }];
    }),
    ...(copies && rollout.accounts.length > MAX_LISTED_ACCOUNTS
      ? [
          {
            path: [...path, 'accounts'],
            message: `must have at most ${MAX_LISTED_ACCOUNTS} entries when plans copy to other accounts, got ${rollout.accounts.length}: name the organizational units that hold them in ous`,
          },
        ]
      : []),
  ];
}

/** Plans of one name merge without a word where an account inherits two policies. */
function rolledOutTwice(rollouts: readonly PlacedRollout[]): Problem[] {
  const first = new Map<string, string>();
  return rollouts.flatMap(({ rollout, path }) =>
    [...new Set(rollout.plans)].flatMap((plan): Problem[] => {
      const again = [...new Set(rollout.regions)].flatMap((region) => {
        const key = `${plan.toLowerCase()} ${region}`;
        const other = first.get(key);
        if (other === undefined) first.set(key, rollout.name);
        return other === undefined ? [] : [{ region, other }];
      });
      const [one] = again;
      if (!one) return [];
      const regions = again.map(({ region }) => region).join(', ');
      const message = `must be rolled out once in a Region, got "${plan}" in ${regions} after rollout ${one.other}: equal plans of two policies merge without a word; name these units and accounts in rollout ${one.other}`;
      return [{ path: [...path, 'plans', rollout.plans.indexOf(plan)], message }];
    }),
  );
}

/** One resource has one backup job at a time: a second plan that does the same only makes jobs fail. */
const backedUpTwice = (rollouts: readonly PlacedRollout[], config: Config): Problem[] =>
  rollouts.flatMap(({ rollout }) =>
    sourceSites(config).flatMap(({ accountId, source, plans, region, path, name }): Problem[] => {
      const twice = plans.filter((plan) => rollout.plans.includes(plan));
      const isHere = rollout.regions.includes(region) && isReached(rollout, { accountId, ouPath: source.ouPath });
      if (twice.length === 0 || isHere !== true) return [];
      const message = `must not be backed up by ${twice.join(', ')} again, which rollout ${rollout.name} brings to account ${accountId} in ${region}: take the plan out of source ${name}, or the account out of the rollout`;
      return [{ path, message, isAtKey: true }];
    }),
  );

function wrongRunFrom(config: Config, destinations: ReadonlySet<string>, standIns: ReadonlySet<string>): Problem[] {
  const { runFrom, delegation } = config.organizationPolicies;
  const destination = runFromDestination(config);
  return [
    ...(destination === undefined || destinations.has(destination) || standIns.has('destinations')
      ? []
      : [
          {
            path: ['organizationPolicies', 'runFrom'],
            message: `must be management or name a destination of this file (${[...destinations].join(', ') || 'it has none'}), got "${runFrom}"${didYouMean(runFrom, [...destinations])}`,
          },
        ]),
    ...(destination === undefined && delegation !== undefined
      ? [
          {
            path: ['organizationPolicies', 'delegation'],
            message: 'must not be given with runFrom: management: the management account needs nobody to let it',
          },
        ]
      : []),
  ];
}

function crossAccountSwitch(rollouts: readonly PlacedRollout[], config: Config): Problem[] {
  if (config.management.globalSettings.crossAccountBackup) return [];
  const copying = rollouts.find(({ rollout }) =>
    rollout.plans.some((plan) => config.plans[plan]?.rules.some(({ copies }) => copies.length > 0)),
  );
  if (!copying) return [];
  const message = `must be true, got false: the plans of rollout ${copying.rollout.name} copy to other accounts, and every such copy would fail`;
  return [{ path: ['management', 'globalSettings', 'crossAccountBackup'], message }];
}
