import { parseArn } from '../aws/arn';
import { partitionOf } from '../aws/regions';
import type { Check } from './check';
import type { Problem } from './config-error';
import { accountSites, placedCopies, sourceSites } from './config-sites';
import { parseCopyTarget } from './copy-target';
import type { Path } from './path';

/** All Regions are of one partition, keys lie where their vault is, and nothing crosses accounts in China. */
export const checkRegions: Check = (config, { standIns }) => {
  const isPartitionKnown = !standIns.has('management') && !standIns.has('management.region');
  return [
    ...misplacedKeys(config),
    ...(isPartitionKnown ? [...otherPartitions(config), ...copiesInChina(config)] : []),
  ];
};

type Config = Parameters<Check>[0];

function otherPartitions(config: Config): Problem[] {
  const partition = partitionOf(config.management.region);
  const regions = config.organizationPolicies.regions.map((region, index) => ({
    region,
    path: ['organizationPolicies', 'regions', index],
    isAtKey: false,
  }));
  const sites = accountSites(config).map(({ region, path }) => ({ region, path, isAtKey: true }));
  return [...sites, ...regions]
    .filter(({ region }) => partitionOf(region) !== partition)
    .map(({ region, path, isAtKey }) => ({
      path,
      message: `must be a Region of partition ${partition}, as management.region is, got "${region}": an organization never spans partitions`,
      isAtKey,
    }));
}

function misplacedKeys(config: Config): Problem[] {
  return accountSites(config).flatMap(({ site, region, accountId, path }) => [
    ...(site.keyArn === undefined ? [] : misplacement(site.keyArn, region, accountId, [...path, 'keyArn'])),
    ...('resourceKeys' in site ? site.resourceKeys : []).flatMap((arn, index) =>
      misplacement(arn, region, accountId, [...path, 'resourceKeys', index]),
    ),
  ]);
}

/** An ARN whose partition and Region contradict each other. */
export const otherPartition = (region: string, arn: string) =>
  `must be an ARN of ${partitionOf(region)}, the partition of ${region}, got "${arn}"`;

function misplacement(arn: string, region: string, accountId: string, path: Path): Problem[] {
  const key = parseArn(arn);
  if (key && key.partition !== partitionOf(key.region)) return [{ path, message: otherPartition(key.region, arn) }];
  if (key?.region !== region) {
    return [{ path, message: `must be a key in ${region}, got "${arn}": a key serves its own Region only` }];
  }
  if (key.accountId === accountId) return [];
  return [{ path, message: `must be a key of account ${accountId}, got "${arn}"` }];
}

function copiesInChina(config: Config): Problem[] {
  if (partitionOf(config.management.region) !== 'aws-cn') return [];
  const accountsOf = (plan: string) =>
    new Set(sourceSites(config).flatMap((site) => (site.plans.includes(plan) ? [site.accountId] : [])));
  return placedCopies(config).flatMap(({ plan, copy, path }) => {
    const target = parseCopyTarget(copy.to);
    const staysInAccount =
      target?.kind === 'outside' && [...accountsOf(plan)].every((accountId) => accountId === target.vault.accountId);
    const message = `must stay in the account of the source, got "${copy.to}": AWS Backup has no cross-account copy in China`;
    return staysInAccount ? [] : [{ path, message }];
  });
}
