/** The partition that a Region is in. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}

interface Where {
  readonly accountId: string;
  readonly region: string;
}

/** The ARN of something of AWS Backup, such as `backup-vault:main`. */
export const backupArn = ({ accountId, region }: Where, resource: string): string =>
  `arn:${partitionOf(region)}:backup:${region}:${accountId}:${resource}`;

const VAULT = /^arn:([^:]+):backup:([^:]+):(\d{12}):backup-vault:([a-zA-Z0-9_-]{2,50})$/;

/** What the ARN of a vault says; undefined of any other text. */
export function parseVaultArn(
  arn: string,
): (Where & { readonly partition: string; readonly name: string }) | undefined {
  const [, partition = '', region = '', accountId = '', name = ''] = VAULT.exec(arn) ?? [];
  return name === '' ? undefined : { partition, region, accountId, name };
}
