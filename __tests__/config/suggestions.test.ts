import { didYouMean, suggestion } from '../../lib/config/suggestions';
import { anOperator, edited } from '../support/operator';

const RULE_KEYS = [
  'name',
  'schedule',
  'timezone',
  'startWindowMinutes',
  'completionWindowMinutes',
  'deleteAfterDays',
  'moveToColdStorageAfterDays',
  'optInToArchive',
  'enableContinuousBackup',
  'recoveryPointTags',
  'copies',
];
const SELECTION_KEYS = [
  'name',
  'tags',
  'anyTag',
  'resources',
  'resourceTypes',
  'conditions',
  'notResources',
  'notResourceTypes',
];

describe('suggestion', () => {
  test.each([
    ['another case', 'DELETEAFTERDAYS', 'deleteAfterDays'],
    ["Terraform's underscores", 'enable_continuous_backup', 'enableContinuousBackup'],
    ['hyphens', 'delete-after-days', 'deleteAfterDays'],
    ['a slip in a short word', 'nane', 'name'],
    ['as many slips as a third of the word', 'schedXXle', 'schedule'],
  ])('knows a word by %s', (_, word, meant) => {
    expect(suggestion(word, RULE_KEYS)).toBe(meant);
  });

  test('gives the nearest of several', () => {
    expect(suggestion('us-est-2', ['us-west-2', 'us-east-1', 'us-east-2'])).toBe('us-west-2');
    expect(suggestion('eu-wets-1', ['eu-west-2', 'eu-west-1'])).toBe('eu-west-1');
  });

  test('lets a word be that is one slip too far', () => {
    expect(suggestion('abcdef', ['abcdXX'])).toBe('abcdXX');
    expect(suggestion('abcdef', ['abcXXX'])).toBeUndefined();
    expect(suggestion('abcd', ['abcX'])).toBe('abcX');
    expect(suggestion('abc', ['abX'])).toBeUndefined();
  });

  test('has nothing to say where nothing is known', () => {
    expect(suggestion('anything', [])).toBeUndefined();
  });

  const VAULT =
    'names.vault of the source: a backup always lands in a vault of its own account, and copies say where else';

  test.each([
    ['RuleName', 'name'],
    ['ScheduleExpression', 'schedule'],
    ['schedule_expression_timezone', 'timezone'],
    ['StartBackupWindowMinutes', 'startWindowMinutes'],
    ['start_window', 'startWindowMinutes'],
    ['CompleteBackupWindowMinutes', 'completionWindowMinutes'],
    ['completion_window', 'completionWindowMinutes'],
    ['Lifecycle', 'deleteAfterDays and moveToColdStorageAfterDays, beside it'],
    ['delete_after', 'deleteAfterDays'],
    ['DeleteAfterDays', 'deleteAfterDays'],
    ['cold_storage_after', 'moveToColdStorageAfterDays'],
    ['MoveToColdStorageAfterDays', 'moveToColdStorageAfterDays'],
    ['OptInToArchiveForSupportedResources', 'optInToArchive'],
    ['opt_in_to_archive_for_supported_resources', 'optInToArchive'],
    ['CopyActions', 'copies'],
    ['copy_action', 'copies'],
    ['TargetBackupVault', VAULT],
    ['TargetBackupVaultName', 'names.vault of the source'],
    ['target_vault_name', 'names.vault of the source'],
  ])('translates %s of AWS for a rule', (word, meant) => {
    expect(suggestion(word, RULE_KEYS)).toBe(meant);
  });

  test.each([
    ['SelectionName', 'name'],
    ['ListOfTags', 'tags, or anyTag when one of them is enough'],
    ['selection_tag', 'tags, or anyTag when one of them is enough'],
    ['NotResources', 'notResources'],
    ['IamRoleArn', 'names.backupRole of the source'],
    ['ConditionKey', 'conditions, a map of tag key and value'],
  ])('translates %s of AWS for a selection', (word, meant) => {
    expect(suggestion(word, SELECTION_KEYS)).toBe(meant);
  });

  test.each([
    ['StringEquals', 'equals'],
    ['string_not_equals', 'notEquals'],
    ['StringLike', 'like'],
    ['StringNotLike', 'notLike'],
  ])('translates %s of AWS for conditions', (word, meant) => {
    expect(suggestion(word, ['equals', 'notEquals', 'like', 'notLike'])).toBe(meant);
  });

  test.each([
    ['DestinationBackupVaultArn', ['to', 'deleteAfterDays'], 'to'],
    ['destination_vault_arn', ['to', 'deleteAfterDays'], 'to'],
    ['rule', ['rules', 'selections', 'windowsVss'], 'rules'],
    ['BackupPlanRule', ['rules', 'selections', 'windowsVss'], 'rules'],
    ['Selection', ['rules', 'selections', 'windowsVss'], 'selections'],
    ['AdvancedBackupSettings', ['rules', 'selections', 'windowsVss'], 'windowsVss'],
    ['BackupPlanName', ['rules', 'selections', 'windowsVss'], 'names.plans, or the name of the plan'],
    ['EncryptionKeyArn', ['names', 'keyArn', 'lock'], 'keyArn'],
    ['kms_key_arn', ['names', 'keyArn', 'lock'], 'keyArn'],
    ['ResourceTypeOptInPreference', ['optIn', 'managementPreference'], 'optIn'],
    ['resource_type_management_preference', ['optIn', 'managementPreference'], 'managementPreference'],
    ['AccessPolicy', ['accountId', 'vaultAccess'], 'vaultAccess'],
  ])('translates %s of AWS among %p', (word, known, meant) => {
    expect(suggestion(word, known)).toBe(meant);
  });

  test('lets words of JavaScript be', () => {
    expect(suggestion('constructor', RULE_KEYS)).toBeUndefined();
  });
});

describe('didYouMean', () => {
  test('asks after the word that was probably meant', () => {
    expect(didYouMean('prefiks', ['prefix', 'state'])).toBe(': did you mean prefix?');
  });

  test('says nothing when no word is near', () => {
    expect(didYouMean('monthly', ['daily', 'weekly'])).toBe('');
  });
});

describe('an unknown word in the file', () => {
  const toldOf = anOperator();

  test.each([
    [
      'in a rule, all words of which are told where none is near',
      'schedule: cron(0 3 ? * * *)',
      'zzz: 1\n        schedule: cron(0 3 ? * * *)',
      '32:9 plans.daily.rules[0].zzz is no key here: the keys are name, schedule, timezone, startWindowMinutes, completionWindowMinutes, deleteAfterDays, moveToColdStorageAfterDays, optInToArchive, enableContinuousBackup, targetAirGapped, recoveryPointTags, index, scan, copies',
    ],
    [
      'that AWS has for the vault of a rule',
      'schedule: cron(0 3 ? * * *)',
      'TargetBackupVault: x\n        schedule: cron(0 3 ? * * *)',
      '32:9 plans.daily.rules[0].TargetBackupVault is no key here: did you mean names.vault of the source: a backup always lands in a vault of its own account, and copies say where else?',
    ],
    [
      'in the place of a resource type',
      '[EBS, RDS]',
      '[EBS, Redshift serverles]',
      '40:30 plans.daily.selections[0].resourceTypes[1] must be a resource type: EC2, EBS, S3, RDS, RDS Multi-AZ cluster, Aurora, DSQL, DocumentDB, Neptune, DynamoDB, EFS, FSx Lustre, FSx Windows, FSx OpenZFS, FSx ONTAP, Storage Gateway, Timestream, VirtualMachine, CloudFormation, SAP HANA, Redshift, Redshift Serverless, EKS, got "Redshift serverles": did you mean Redshift Serverless?',
    ],
    [
      'in the place of a type to opt in to',
      'names: { vault: old-vault }',
      'optIn: { Arora: true }',
      '25:54 sources.production.regions.us-east-1.optIn.Arora must be a type to opt in to: Aurora, CloudFormation, DocumentDB, DSQL, DynamoDB, EBS, EC2, EFS, EKS, FSx, Neptune, RDS, Redshift, Redshift Serverless, S3, SAP HANA on Amazon EC2, Storage Gateway, Timestream, VirtualMachine, got "Arora": did you mean Aurora?',
    ],
    [
      'in the place of a mode of a lock',
      'regions: [eu-west-2]',
      'regions: { eu-west-2: { lock: { mode: Compliance } } }',
      '19:43 destinations.archive.regions.eu-west-2.lock.mode must be none or governance or compliance, got "Compliance"',
    ],
  ])('is told %s', (_, replaced, by, problem) => {
    expect(toldOf(edited([replaced, by])).problems).toEqual([problem]);
  });

  test.each([
    [
      'key',
      'prefix: cab',
      'constructor: cab',
      '4:1 constructor is no key here: the keys are $schema, organization, prefix, strict, state, deployRole, deployRolePolicyFile, breakGlassRoles, tags, management, destinations, sources, plans, guardrails, acceptFailingProof, organizationPolicies',
    ],
    [
      'destination',
      'to: archive/eu-west-2',
      'to: constructor/eu-west-2',
      '36:19 plans.daily.rules[0].copies[1].to must name a destination of this file (vault, archive), got "constructor"',
    ],
    [
      'opt-in',
      'names: { vault: old-vault }',
      'optIn: { constructor: true }',
      '25:54 sources.production.regions.us-east-1.optIn.constructor must be a type to opt in to: Aurora, CloudFormation, DocumentDB, DSQL, DynamoDB, EBS, EC2, EFS, EKS, FSx, Neptune, RDS, Redshift, Redshift Serverless, S3, SAP HANA on Amazon EC2, Storage Gateway, Timestream, VirtualMachine, got "constructor"',
    ],
  ])('is told as any other when it is a %s called constructor', (_, replaced, by, problem) => {
    expect(toldOf(edited([replaced, by])).problems).toEqual([problem]);
  });
});
