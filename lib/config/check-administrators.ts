import { parseArn } from '../aws/arn';
import { partitionOf } from '../aws/regions';
import type { DestinationConfig, SourceConfig } from './account-config';
import type { Check, Written } from './check';
import type { Config } from './config';
import type { Problem } from './config-error';

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
  ROLES.every((role) => Object.keys(config[role]).length === written[role].size);

const ROLES = ['destinations', 'sources'] as const;

const accountsOf = (config: Config) =>
  ROLES.flatMap((role) =>
    Object.entries<DestinationConfig | SourceConfig>(config[role]).map(
      ([name, { accountId, deployRole, administrators }]) => ({
        path: [role, name],
        accountId,
        deployRole,
        administrators,
      }),
    ),
  );

const administratorsElsewhere = (config: Config): Problem[] =>
  accountsOf(config).flatMap(({ path, accountId, administrators }) =>
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
  accountsOf(config).flatMap(({ path, accountId, deployRole, administrators }) => {
    const isOfManagement = path[0] === 'sources' && accountId === config.management.accountId;
    const usual = isOfManagement ? (config.management.deployRole ?? null) : config.deployRole;
    const hasDeployRole = (deployRole === undefined ? usual : deployRole) !== null;
    if (hasDeployRole || administrators.length > 0) return [];
    const message =
      'must name the role that Terraform runs under when there is no deployRole, got []: everybody else is denied changes, and AWS refuses a policy that locks out whoever sets it';
    return [{ path: [...path, 'administrators'], message }];
  });

const breakGlassElsewhere = (config: Config): Problem[] => {
  const known = accountsOf(config).map(({ accountId }) => accountId);
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
