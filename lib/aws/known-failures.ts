/** A message that AWS ends jobs with, what it means here, and what to do about it. */
export interface KnownFailure {
  /** The heading of its part of the runbook. */
  readonly title: string;
  readonly pattern: RegExp;
  /** As AWS words it, or as the sandbox does where nobody has shown AWS's words. */
  readonly example: string;
  readonly why: string;
  readonly wayOut: string;
}

/** Where each is explained in full. */
export const FAILURES_RUNBOOK = 'docs/runbooks/failed-copies.md';

/**
 * The messages that are known, the more specific first.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/troubleshooting.html
 * @see https://repost.aws/knowledge-center/backup-cross-account-copy-error
 * @see https://repost.aws/knowledge-center/backup-resolve-access-denied-error
 */
export const KNOWN_FAILURES: readonly KnownFailure[] = [
  {
    title: 'The key of the resource is not shared',
    pattern: /Given key ID is not accessible/i,
    example: 'Given key ID is not accessible',
    why: "AWS Backup's service-linked role of the destination account reads what is copied by the key that encrypts the volume or the image, and that key does not let it, is disabled, or is an AWS managed key such as aws/ebs, which cannot be shared.",
    wayOut:
      'Put the statements that synth writes to cdktf.out/key-policies into the policy of that key, or name the key in resourceKeys of the source. What is under aws/ebs has to move to a customer managed key: copy its snapshot under one and make the volume from it. A key that is named and still fails may need keyPolicy: compat.',
  },
  {
    title: 'The key of a database or a vault is not shared',
    pattern: /KMS key .*does not exist, is not enabled or you do not have permissions/i,
    example:
      'The source snapshot KMS key [arn:…:kms:…] does not exist, is not enabled or you do not have permissions to access it.',
    why: "The key that the message names does not let AWS Backup's service-linked role of the destination account in, is disabled or waits for its deletion, or is an AWS managed key such as aws/rds, which cannot be shared.",
    wayOut:
      'Look at the key: enable it, or cancel its deletion. The policy of a key that the stacks make comes back with a deploy; to a key of somebody else add the statements that synth writes to cdktf.out/key-policies. A database under aws/rds has to be restored under a customer managed key. If the message names the target, the same holds for the key of the vault that is copied to.',
  },
  {
    title: 'The air-gapped vault is under a key that does not let in',
    pattern: /not authorized to perform: kms:CreateGrant/i,
    example: 'not authorized to perform: kms:CreateGrant on resource: arn:…:kms:…',
    why: 'An air-gapped vault with a key of its own is copied into under the backup role of the source, and the policy of that key or the role does not allow it to make a grant.',
    wayOut:
      'Deploy the destination, whose stack writes the policy of that key, and look for denies of kms:CreateGrant in service control policies.',
  },
  {
    title: 'The accounts are not of one organization',
    pattern: /must be a member of the same organization/i,
    example: 'Copy job failed. Both source and destination account must be a member of the same organization.',
    why: 'AWS Backup copies between accounts of one organization alone, and one of the two has left it, or was never in it.',
    wayOut:
      'Invite the account into the organization again. The guardrails deny leaving it, so look who took them off.',
  },
  {
    title: 'Cross-account backup is switched off',
    pattern: /Cross-account copy feature is not enabled/i,
    example: 'Cross-account copy feature is not enabled for the current organization.',
    why: 'The setting of the whole organization is off: the management stack has not been deployed, or somebody has switched it off since. It takes up to 15 minutes to hold.',
    wayOut:
      'Deploy the management stack with management.globalSettings.crossAccountBackup: true, or run aws backup update-global-settings --global-settings isCrossAccountBackupEnabled=true in the management account.',
  },
  {
    title: 'The vault that is copied to has the wrong key',
    pattern: /encrypted with the default Backup service managed key/i,
    example:
      'Copy job failed because the destination Backup vault is encrypted with the default Backup service managed key.',
    why: "Nobody of another account can use a key that is AWS Backup's own, and the vault that is copied to is under one. Vaults of this project never are.",
    wayOut: 'Copy to a vault under a customer managed key. A vault keeps its key for ever: make another one.',
  },
  {
    title: 'The vault does not let the copy in',
    pattern: /Access Denied trying to call AWS Backup service/i,
    example: 'Access Denied trying to call AWS Backup service',
    why: 'The vault that is copied to is not there, its policy does not let the role of the job in, that role may not copy, a service control policy denies it, or the destination account has no service-linked role of AWS Backup.',
    wayOut:
      'Run npm run prove, which names the grant that lacks in the config, and npm run bootstrap for the service-linked role. Then deploy the destination and the source: one that was added later is let in only when the destination is deployed again. Look at service control policies that are not in guardrails.extraScpFiles.',
  },
  {
    title: 'AWS Backup cannot take the role',
    pattern: /role .*cannot be assumed|cannot be assumed by AWS Backup|IAM role .*(?:does not exist|is invalid)/i,
    example: 'The provided role arn:…:iam::…:role/… cannot be assumed by AWS Backup.',
    why: 'The role of the job is gone, or its trust policy does not let AWS Backup take it.',
    wayOut:
      'Deploy the stack of the account, which makes the role again. In an account of a rollout, look at its stack of the StackSet.',
  },
  {
    title: 'The role may not share the snapshot',
    pattern: /You are not authorized to perform this operation/i,
    example:
      'You are not authorized to perform this operation. Please consult the permissions associated with your AWS Backup role',
    why: 'Before another account can copy a snapshot, the role of the job shares it, and the role or a service control policy forbids that.',
    wayOut:
      'Deploy the stack of the account that the copy leaves. Exempt the backup and restore roles from service control policies that deny ec2:ModifySnapshotAttribute, rds:ModifyDBSnapshotAttribute and their like.',
  },
  {
    title: 'The retention does not fit the lock',
    pattern: /retention|lifecycle.*(?:vault lock|minimum|maximum)/i,
    example: 'The retention is 30 days, and the Vault Lock of cab-destination allows 90 to 400 days',
    why: 'The vault has a lock, and what is to be kept in it would be kept for less than its shortest or more than its longest retention.',
    wayOut:
      'Change deleteAfterDays of the rule or of its copy, or give --delete-after-days. Synth checks this for vaults of the config, so look for a lock that somebody has changed by hand, or a deploy that is still to come.',
  },
  {
    title: 'Cold storage cannot be copied',
    pattern: /cold storage/i,
    example: 'Copy job failed. Recovery points in cold storage cannot be copied.',
    why: 'The recovery point had moved to cold storage before the copy began.',
    wayOut:
      'Let moveToColdStorageAfterDays of the rule leave time for the copy, a week at least. What is cold already can be restored where it is.',
  },
  {
    title: 'The type cannot be copied',
    pattern: /cannot be copied|does not support .*cop(?:y|ies)|cop(?:y|ies) .*not supported/i,
    example: 'Copy job failed. Backups of Redshift cannot be copied.',
    why: 'AWS Backup does not copy this type, or not between these Regions. DynamoDB is copied only where the account prefers full management by AWS Backup.',
    wayOut:
      'npm run explain says which types travel on which copy. Leave the type out of the selections of the rule that copies, or for DynamoDB set managementPreference and back up anew.',
  },
  {
    title: 'The image is not allowed in the destination account',
    pattern: /Source AMI not found/i,
    example: 'Source AMI not found in Region',
    why: 'The destination account has the EC2 setting Allowed AMIs on, and the source account is not in it.',
    wayOut:
      'Add the source account to the Allowed AMIs of the destination account in that Region; for an air-gapped vault the alias aws-backup-vault.',
  },
  {
    title: 'The option group lacks in the destination',
    pattern: /option group/i,
    example: 'The option group … does not exist',
    why: 'The database has persistent or permanent options, and a copy takes no option group along.',
    wayOut: 'Make an option group with the same options in the destination account and Region.',
  },
  {
    title: 'The snapshot stays shared',
    pattern: /Failed to unshare snapshot/i,
    example: 'Failed to unshare snapshot',
    why: 'The role of the job was deleted or lost its rights while the copy ran, so the snapshot is still shared with the destination account.',
    wayOut: 'Deploy the source again, and take the share off the snapshot by hand.',
  },
  {
    title: 'The job expired',
    pattern: /expired|did not (?:start|complete) (?:with)?in/i,
    example: 'Backup job expired before completion.',
    why: 'The job did not start within the start window, or did not end within the completion window. AWS Backup works at one job for a resource at a time, starts none of RDS within an hour of its maintenance or backup window, and of FSx within four.',
    wayOut:
      'Make startWindowMinutes or completionWindowMinutes of the rule longer, or move its schedule away from the maintenance window and from rules of the same resources.',
  },
];

/** What is known of a message; undefined of one that is not known. */
export const knownFailure = (message: string): KnownFailure | undefined =>
  KNOWN_FAILURES.find(({ pattern }) => pattern.test(message));
