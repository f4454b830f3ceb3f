import { distance } from 'fastest-levenshtein';

/** What AWS, CloudFormation, Terraform and Organizations call things, and what they are called here, by place. */
const AWS_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    accesspolicy: 'vaultAccess',
    advancedbackupsettings: 'windowsVss',
    backupplanname: 'names.plans, or the name of the plan',
    backupplanrule: 'rules',
    completebackupwindowminutes: 'completionWindowMinutes',
    completionwindow: 'completionWindowMinutes',
    conditionkey: 'key|conditions, a map of tag key and value',
    conditionvalue: 'value|conditions, a map of tag key and value',
    backupvaultname: 'names.vault',
    tagkey: 'key|tags, a map of tag key and value',
    tagvalue: 'value|tags, a map of tag key and value',
    copyaction: 'copies',
    copyactions: 'copies',
    deleteafter: 'deleteAfterDays',
    destinationbackupvaultarn: 'to',
    destinationvaultarn: 'to',
    encryptionkeyarn: 'keyArn',
    iamrolearn: 'names.backupRole of the source',
    kmskeyarn: 'keyArn',
    lifecycle: 'deleteAfterDays and moveToColdStorageAfterDays, beside it',
    listoftags: 'tags, or anyTag when one of them is enough',
    movetocoldstorageafter: 'moveToColdStorageAfterDays',
    coldstorageafter: 'moveToColdStorageAfterDays',
    optintoarchiveforsupportedresources: 'optInToArchive',
    resourcetypemanagementpreference: 'managementPreference',
    resourcetypeoptinpreference: 'optIn',
    rule: 'rules',
    rulename: 'name',
    scheduleexpression: 'schedule',
    scheduleexpressiontimezone: 'timezone',
    selection: 'selections',
    selectionname: 'name',
    selectiontag: 'tags, or anyTag when one of them is enough',
    startbackupwindowminutes: 'startWindowMinutes',
    startwindow: 'startWindowMinutes',
    stringequals: 'equals',
    stringlike: 'like',
    stringnotequals: 'notEquals',
    stringnotlike: 'notLike',
    targetbackupvault:
      'names.vault of the source: a backup always lands in a vault of its own account, and copies say where else',
    logicallyairgappedbackupvault: 'airGapped',
    targetbackupvaultarn: 'to, in copies',
    targetbackupvaultname: 'names.vault of the source',
    targetlogicallyairgappedbackupvaultarn: 'targetAirGapped',
    targetvaultname: 'names.vault of the source',
  }),
);

const normal = (word: string) => word.toLowerCase().replaceAll(/[_-]/g, '');

/** The word that was probably meant: AWS's own for the same thing, or one that is a slip away. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  const same = known.find((candidate) => normal(candidate) === normal(word));
  if (same !== undefined) return same;
  const translated = (AWS_WORDS.get(normal(word)) ?? AWS_WORDS.get(normal(word).replace(/(days|minutes)$/, '')))?.split(
    '|',
  );
  const fitting = translated?.find((candidate) => known.includes(candidate.split(/[ ,.]/)[0] ?? ''));
  if (fitting !== undefined) return fitting;
  const slips = known
    .map((candidate) => ({ candidate, slips: distance(normal(candidate), normal(word)) }))
    .sort((a, b) => a.slips - b.slips)[0];
  if (slips && slips.slips <= (word.length < 4 ? 0 : Math.floor(word.length / 3))) return slips.candidate;
  return translated?.[0];
}

/** `: did you mean …`, or nothing when no word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = suggestion(word, known);
  return meant === undefined ? '' : `: did you mean ${meant}?`;
}
