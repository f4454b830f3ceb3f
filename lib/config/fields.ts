import { z } from 'zod';
import { MAX_PLAN_NAME_LENGTH, MAX_RETENTION_DAYS } from '../aws/limits';
import { REGIONS } from '../aws/regions';
import { didYouMean } from './suggestions';

/** What is wrong with each of the unknown keys of one object, as text: a schema's error is one for all of them. */
const keyMessages = (keys: readonly string[], messageOf: (key: string) => string) =>
  JSON.stringify(Object.fromEntries(keys.map((key) => [key, messageOf(key)])));

/** An object that refuses keys it does not know, naming the one that was probably meant, or all there are. */
export const closed = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const known = Object.keys(shape);
  const messageOf = (key: string) => `is no key here${didYouMean(key, known) || `: the keys are ${known.join(', ')}`}`;
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? keyMessages(issue.keys, messageOf) : undefined),
  });
};

const matching = (pattern: RegExp, rule: string) => z.string().regex(pattern, `must be ${rule}`);

export const AccountId = matching(/^\d{12}$/, 'a 12-digit account id');

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const OrganizationId = matching(/^o-[a-z0-9]{10,32}$/, 'an organization id such as o-abc1234567');

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Root.html */
export const RootId = matching(/^r-[0-9a-z]{4,32}$/, 'a root id such as r-abc1');

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html */
export const OuId = matching(
  /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/,
  'the id of an organizational unit such as ou-abc1-12345678',
);

/**
 * The way from the organization to a unit: `o-…/r-…/ou-…/`, the form of `aws:PrincipalOrgPaths`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const OuPath = matching(
  /^o-[a-z0-9]{10,32}\/r-[0-9a-z]{4,32}\/(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}\/)*$/,
  'a whole path such as o-abc1234567/r-abc1/ou-abc1-12345678/, with the slash at its end',
);

/** One of many words; the rule says which in the place of a list. */
export const wordOf = <Word extends string>(words: readonly [Word, ...Word[]], rule: string) =>
  z.enum(words, { error: () => `must be ${rule}` });

/** A map whose keys are some of many words. */
export const mapOf = <Key extends z.ZodEnum, Value extends z.ZodType>(key: Key, value: Value, rule: string) =>
  z.partialRecord(key, value, {
    // The library reports a key that is no such word as unrecognized, which its types do not say.
    error: ({ code, ...issue }) =>
      (code as string) === 'unrecognized_keys' && 'keys' in issue
        ? keyMessages(
            issue.keys as string[],
            (word) => `must be ${rule}, got "${word}"${didYouMean(word, key.options as string[])}`,
          )
        : undefined,
  });

const REGION_RULE = 'a Region that AWS Backup runs in, such as eu-west-1';

/** A Region of this version's table. */
export const Region = wordOf(Object.keys(REGIONS) as [string, ...string[]], REGION_RULE);

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html */
export const VaultName = matching(/^[a-zA-Z0-9\-_]{2,50}$/, 'a vault name: 2 to 50 letters, digits, - and _').refine(
  (name) => name.toLowerCase() !== 'default',
  'must not be the Default vault: its key cannot be shared, so AWS refuses copies into it',
);

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html */
export const BackupName = matching(
  /^[a-zA-Z0-9\-_.]{1,50}$/,
  `a name of 1 to ${MAX_PLAN_NAME_LENGTH} letters, digits, -, _ and .`,
);

/** The name of an account or plan in this file; short, because physical names are made from it. */
export const ShortName = matching(
  /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,27}[a-zA-Z0-9])?$/,
  'a name of 1 to 29 letters, digits and -, not at its ends',
).refine((name) => !(name in Object.prototype), 'must not be a word of JavaScript, such as constructor');

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const RoleName = matching(/^[\w+=,.@-]{1,64}$/, 'a role name: 1 to 64 letters, digits and +=,.@_-');

export const RoleNameWithPath = matching(
  /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
  'a role name, with its path if it has one, such as infrastructure/Deployer; not an ARN',
);

/** A role by its ARN: what `aws:PrincipalArn` holds for every session of it. */
export const RoleArn = matching(
  /^arn:(aws|aws-us-gov|aws-cn|aws-eusc):iam::\d{12}:role\/([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
  'the ARN of a role (arn:…:iam::<account>:role/<name>), not of a session, a user or an account',
);

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export const KeyAlias = matching(
  /^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/,
  'a key alias such as alias/backup; alias/aws/ belongs to AWS',
);

/** A key by its id: the alias of a vault's key would replace the vault at each plan. */
export const KeyArn = matching(
  /^arn:(aws|aws-us-gov|aws-cn|aws-eusc):kms:[a-z0-9-]+:\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f-]{36})$/,
  'the ARN of a customer-managed key by its id (…:key/<uuid>), not of an alias',
);

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CopyAction.html */
export const VAULT_ARN =
  /^arn:(aws|aws-us-gov|aws-cn|aws-eusc):backup:[a-z0-9-]+:\d{12}:backup-vault:[a-zA-Z0-9\-_]{2,50}$/;

export const RetentionDays = z.int().min(1).max(MAX_RETENTION_DAYS);

/** @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const TagKey = matching(/^.{1,128}$/s, 'a tag key of 1 to 128 characters').refine(
  (key) => !key.startsWith('aws:'),
  'must be the key of the tag alone: aws: belongs to AWS, and aws:ResourceTag/ is put before it where AWS wants it',
);
export const TagValue = z.string().max(256);
export const Tags = z.record(TagKey, TagValue);

/** Regions with what is special in each; a plain list where nothing is. */
export const regionsOf = <Site extends z.ZodObject>(site: Site) => {
  const fields = site.nullable().transform((given) => given ?? (site.parse({}) as z.output<Site>));
  return z
    .union([
      z
        .array(Region)
        .min(1)
        .refine((regions) => new Set(regions).size === regions.length, 'must name each Region once'),
      mapOf(Region, fields, REGION_RULE).refine(
        (regions) => Object.keys(regions).length > 0,
        'must have entries, at least 1',
      ),
    ])
    .transform((given) =>
      Array.isArray(given)
        ? (Object.fromEntries(given.map((region) => [region, site.parse({})])) as Record<string, z.output<Site>>)
        : (given as Record<string, z.output<Site>>),
    );
};
