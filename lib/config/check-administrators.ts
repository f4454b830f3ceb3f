import { parseArn } from '../aws/arn';
import { partitionOf } from '../aws/regions';
import type { Check, Written } from './check';
import type { Config } from './config';
import type { Problem } from './config-error';
import { placedAccounts } from './config-sites';
import { deployRoleOf } from './deploy-role';

/** Every account has somebody who may change what is made in it, and nobody is named who could not. */
export const checkAdministrators: Check = (config, { standIns, ...written }) => {
  if (standIns.has('management') || standIns.has('management.accountId') || standIns.has('management.region'))
    return [];
  return [
    ...administratorsElsewhere(config),
    ...accountsOfNobody(config),
    ...(isWhole(config, written) ? breakGlassElsewhere(config) : []),
  ];
};

/** Whether no account is missing because something is wrong with it: a role may be of that one. */
const isWhole = (config: Config, written: Pick<Written, 'destinations' | 'sources'>) =>
  (['destinations', 'sources'] as const).every((role) => Object.keys(config[role]).length === written[role].size);

const administratorsElsewhere = (config: Config): Problem[] =>
  placedAccounts(config).flatMap(({ path, account: { accountId, administrators } }) =>
    administrators.flatMap((arn, index) =>
      isIn(config, arn, [accountId])
        ? []
        : [
            {
              path: [...path, 'administrators', index],
              message: `must be a role of account ${accountId}, got "${arn}": no other account's role ever works there`,
            },
          ],
    ),
  );

/** Denies that exempt nobody would lock out Terraform, and KMS refuses such a key policy. */
const accountsOfNobody = (config: Config): Problem[] =>
  placedAccounts(config).flatMap(({ role, path, account }) => {
    // No destination may be the management account: that one is refused already.
    if (role === 'destinations' && account.accountId === config.management.accountId) return [];
    if (deployRoleOf(config, account) !== null || account.administrators.length > 0) return [];
    const message =
      'must name the role that Terraform runs under when there is no deployRole, got []: everybody else is denied changes, and AWS refuses a policy that locks out whoever sets it';
    return [{ path: [...path, 'administrators'], message }];
  });

const breakGlassElsewhere = (config: Config): Problem[] => {
  const known = placedAccounts(config).map(({ account }) => account.accountId);
  return config.breakGlassRoles.flatMap((arn, index) =>
    isIn(config, arn, known)
      ? []
      : [
          {
            path: ['breakGlassRoles', index],
            message: `must be a role of a source or destination account of this file, got "${arn}": in any other account there is nothing to exempt it from`,
          },
        ],
  );
};

const isIn = (config: Config, arn: string, accountIds: readonly string[]) => {
  const fields = parseArn(arn);
  return (
    fields !== undefined &&
    fields.partition === partitionOf(config.management.region) &&
    accountIds.includes(fields.accountId)
  );
};
