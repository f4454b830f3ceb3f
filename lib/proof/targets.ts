import { dnsSuffix, roleArn, vaultArn } from '../aws/arn';
import { COPY_TAG } from '../policies/guardrails';
import { PROTECTION_TAG } from '../topology/names';
import type { Check, Target } from './check';
import type { DeployedKey, DeployedPlan, DeployedRole, DeployedVault, Tags } from './deployed';
import type { SiteView } from './site-view';

/** A vault, key or role as something to act on. */
export const asTarget = ({ arn, accountId, policy, tags }: DeployedVault | DeployedKey): Target => ({
  arn,
  accountId,
  policy,
  tags,
});

/** A role as something to take. */
export const roleToAssume = ({ arn, accountId, trust }: DeployedRole): Target => ({ arn, accountId, policy: trust });

/** The recovery points of a vault, one of each family of ARNs that AWS Backup knows. */
export function recoveryPointsIn(view: SiteView, vault: DeployedVault): Target[] {
  const { partition } = view.site;
  const { accountId, region, policy } = vault;
  // In an air-gapped vault every type has an ARN of AWS Backup's own.
  const families = vault === view.airGapped?.vault ? 1 : undefined;
  return [
    `backup:${region}:${accountId}:recovery-point:0a1b2c3d`,
    `ec2:${region}::snapshot/snap-0a1b2c3d`,
    `ec2:${region}::image/ami-0a1b2c3d`,
    `rds:${region}:${accountId}:snapshot:awsbackup:job-0a1b2c3d`,
    `rds:${region}:${accountId}:cluster-snapshot:awsbackup:job-0a1b2c3d`,
    `fsx:${region}:${accountId}:backup/backup-0a1b2c3d`,
  ]
    .slice(0, families)
    .map((rest) => ({ arn: `arn:${partition}:${rest}`, accountId, policy }));
}

/** The recovery points of all vaults of a site. */
export const recoveryPointsOf = (view: SiteView): Target[] =>
  view.vaults.flatMap((vault) => recoveryPointsIn(view, vault));

/** What AWS puts on every EBS snapshot and machine image that AWS Backup makes. */
const MADE_BY_BACKUP: Tags = { 'aws:backup:source-resource': 'volume/vol-0a1b2c3d' };

/** The snapshot that an action of EC2 or RDS is done to, as AWS Backup makes it or as anybody else does. */
export function snapshotFor(action: string, { site }: SiteView, isOfBackup: boolean): Target {
  const { partition, region, accountId } = site;
  const policy = undefined;
  if (action.startsWith('ec2:')) {
    const id = action.includes('Image') ? 'image/ami-0a1b2c3d' : 'snapshot/snap-0a1b2c3d';
    const tags = isOfBackup ? MADE_BY_BACKUP : {};
    return { arn: `arn:${partition}:ec2:${region}::${id}`, accountId, policy, tags };
  }
  const kind = action.includes('Cluster') ? 'cluster-snapshot' : 'snapshot';
  const name = isOfBackup ? 'awsbackup:job-0a1b2c3d' : 'by-hand';
  return { arn: `arn:${partition}:rds:${region}:${accountId}:${kind}:${name}`, accountId, policy };
}

/** A copy as AWS Backup's service-linked role marks it: its snapshot and its image. */
export const copiesOf = ({ site: { partition, region, accountId } }: SiteView): Target[] =>
  ['snapshot/snap-0a1b2c3d', 'image/ami-0a1b2c3d'].map((id) => ({
    arn: `arn:${partition}:ec2:${region}::${id}`,
    accountId,
    policy: undefined,
    tags: { [COPY_TAG]: 'AWSBackupManagedResource' },
  }));

/** Everything of AWS Backup's that an action of EC2 or RDS can be done to: what it made, and what it copied. */
export const snapshotsFor = (action: string, view: SiteView): Target[] => {
  const [snapshot, image] = copiesOf(view);
  const copy = action.includes('Image') ? image : snapshot;
  return [snapshotFor(action, view, true), ...(action.startsWith('ec2:') && copy ? [copy] : [])];
};

/** A copy that both of AWS Backup's marks are on, as those see it who may touch it. */
export const markedCopy = (action: string, view: SiteView): Target => {
  const snapshot = snapshotFor(action, view, true);
  return { ...snapshot, tags: { ...snapshot.tags, [COPY_TAG]: 'AWSBackupManagedResource' } };
};

/** The condition keys of a request that sets or removes the mark of copies. */
export const MARKING: Check['context'] = { 'aws:TagKeys': [COPY_TAG] };

/** A plan as something to act on. */
export const planTarget = ({ arn, accountId, tags }: DeployedPlan): Target => ({
  arn,
  accountId,
  policy: undefined,
  tags,
});

/** An account's settings, jobs and holds, which AWS does not authorize by resource. */
export const everything = ({ accountId, region }: SiteView['site']): Target => ({
  arn: '*',
  accountId,
  region,
  policy: undefined,
});

/** A role of an account by its ARN or a pattern of it, whose star stands for any end. */
export const roleTarget = (pattern: string, accountId: string): Target => ({
  arn: pattern.replaceAll('*', 'any'),
  accountId,
  policy: undefined,
});

/** Things of other people in a guarded account, which nothing of ours may touch. */
export const bystanders = ({ site }: SiteView) => {
  const { partition, region, accountId } = site;
  const of = (rest: string): Target => ({ arn: `arn:${partition}:${rest}`, accountId, policy: undefined, tags: {} });
  return {
    vault: of(`backup:${region}:${accountId}:backup-vault:of-another-team`),
    plan: of(`backup:${region}:${accountId}:backup-plan:of-another-team`),
    share: of(`ram:${region}:${accountId}:resource-share/of-another-team`),
    key: of(`kms:${region}:${accountId}:key/of-another-team`),
    role: { ...of('iam::'), arn: roleArn(partition, accountId, 'of-another-team') },
  };
};

/** The condition keys of a request to KMS that a service makes for somebody, in the Region of the site or another one. */
export const viaService = ({ site }: SiteView, service: string, region: string = site.region) => ({
  'kms:ViaService': `${service}.${region}.${dnsSuffix(site.partition)}`,
});

/** The condition keys of a grant that is made for a resource of AWS's, and not for a user. */
export const FOR_AWS_RESOURCE = { 'kms:GrantIsForAWSResource': 'true' };

/** The condition keys of a copy to a vault that no config names. */
export const toStranger = ({ site }: SiteView): Check['context'] => ({
  'backup:CopyTargets': [vaultArn(site, 'of-a-stranger')],
});

/** The condition keys of a request that sets or removes the tag guardrails go by. */
export const TAGGING_PROTECTION: Check['context'] = { 'aws:TagKeys': [PROTECTION_TAG.key] };
