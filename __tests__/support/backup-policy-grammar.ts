/**
 * The grammar of backup policies as AWS documents it, written down a second time: it knows nothing of what makes them.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html
 */
type Rule = (value: unknown, path: string) => string[];
type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every value stands in an operator; of these only the one that replaces is wanted. */
const assigned =
  (check: (value: unknown) => boolean, what: string): Rule =>
  (value, path) => {
    if (!isNode(value)) return [`${path} stands in no operator`];
    const operators = Object.keys(value);
    if (operators.length !== 1 || operators[0] !== '@@assign') return [`${path} has operators ${operators.join(', ')}`];
    return check(value['@@assign']) ? [] : [`${path} must be ${what}, is ${JSON.stringify(value['@@assign'])}`];
  };

const text = (pattern: RegExp, what: string) =>
  assigned((value) => typeof value === 'string' && pattern.test(value), what);
const texts = (pattern: RegExp, what: string) =>
  assigned(
    (value) =>
      Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string' && pattern.test(one)),
    `a list of ${what}`,
  );

/** Known keys only, the needed ones among them. */
const block =
  (known: Readonly<Record<string, Rule>>, needed: readonly string[] = []): Rule =>
  (value, path) => {
    if (!isNode(value)) return [`${path} must be a block`];
    return [
      ...needed.filter((key) => !(key in value)).map((key) => `${path} lacks ${key}`),
      ...Object.entries(value).flatMap(([key, inner]) =>
        known[key] ? known[key](inner, `${path}.${key}`) : [`${path}.${key} is no element`],
      ),
    ];
  };

/** Entries under names that effective policies would put into lower case. */
const named =
  (key: RegExp, of: (name: string) => Rule, most = Number.POSITIVE_INFINITY): Rule =>
  (value, path) => {
    if (!isNode(value)) return [`${path} must be a block`];
    const names = Object.keys(value);
    return [
      ...(names.length === 0 || names.length > most ? [`${path} has ${names.length} entries`] : []),
      ...names.filter((name) => !key.test(name)).map((name) => `${path}.${name} is no name`),
      ...Object.entries(value).flatMap(([name, inner]) => of(name)(inner, `${path}.${name}`)),
    ];
  };

const NAME = /^[a-zA-Z0-9\-_.]{1,50}$/;
/** Of plans in lower case: it is what effective policies make of them, and equal ones merge. */
const PLAN = /^[a-z0-9\-_.]{1,50}$/;
const VAULT = /^arn:aws[\w-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[a-zA-Z0-9\-_]{2,50}$/;
const minutes = text(/^\d+$/, 'minutes');
const days = text(/^\d+$/, 'days');
const flag = text(/^(true|false)$/, 'true or false');
const anything = text(/^[\s\S]*$/, 'text');
const type = texts(
  /^arn:aws[\w-]*:(backup-gateway:\*:\*:vm\/\*|cloudformation:\*:\*:stack\/\*|dsql:\*:\*:cluster\/\*|dynamodb:\*:\*:table\/\*|ec2:\*:\*:(instance|volume)\/\*|elasticfilesystem:\*:\*:file-system\/\*|rds:\*:\*:(cluster|db):\*|redshift:\*:\*:cluster:\*|redshift-serverless:\*:\*:namespace\/\*|s3:::\*|ssm-sap:\*:\*:HANA\/\*|storagegateway:\*:\*:gateway\/\*|timestream:\*:\*:database\/\*|fsx:\*:\*:(file-system|volume)\/\*|eks:\*:\*:cluster\/\*)$/,
  'resource types',
);
const tags = named(/^[^A-Z]{1,128}$/, () =>
  block({ tag_key: anything, tag_value: anything }, ['tag_key', 'tag_value']),
);
const lifecycle = block(
  {
    delete_after_days: days,
    move_to_cold_storage_after_days: days,
    opt_in_to_archive_for_supported_resources: flag,
  },
  ['delete_after_days'],
);
const copy = (vault: string): Rule =>
  block({ target_backup_vault_arn: assigned((value) => value === vault, `its key, ${vault}`), lifecycle }, [
    'target_backup_vault_arn',
    'lifecycle',
  ]);
const scanned = (of: Rule): Rule => block({ GUARDDUTY: of }, ['GUARDDUTY']);
const rule = block(
  {
    schedule_expression: text(/^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$/, 'a cron expression'),
    target_backup_vault_name: text(/^[a-zA-Z0-9\-_]{2,50}$/, 'the name of a vault'),
    start_backup_window_minutes: minutes,
    complete_backup_window_minutes: minutes,
    enable_continuous_backup: flag,
    lifecycle,
    recovery_point_tags: tags,
    copy_actions: named(VAULT, copy, 5),
    index_actions: block({ resource_types: texts(/^(EBS|S3)$/, 'types that are indexed') }, ['resource_types']),
    scan_actions: scanned(block({ scan_mode: text(/^(FULL|INCREMENTAL)_SCAN$/, 'a mode of scans') }, ['scan_mode'])),
  },
  ['schedule_expression', 'target_backup_vault_name'],
);
const conditions = block(
  Object.fromEntries(
    ['string_equals', 'string_not_equals', 'string_like', 'string_not_like'].map((operator) => [
      operator,
      named(NAME, () =>
        block({ condition_key: text(/^aws:ResourceTag\//, 'the key of a tag'), condition_value: anything }, [
          'condition_key',
          'condition_value',
        ]),
      ),
    ]),
  ),
);
const ofAccount = text(/^arn:aws[\w-]*:iam::\$account:role\/[\w+=,.@/-]+$/, 'a role of $account');
const role = { iam_role_arn: ofAccount };
const ofTags = block({ ...role, tag_key: anything, tag_value: texts(/^[\s\S]*$/, 'values'), conditions }, [
  'iam_role_arn',
  'tag_key',
  'tag_value',
]);
const ofTypes = block({ ...role, resource_types: type, not_resource_types: type, conditions }, [
  'iam_role_arn',
  'resource_types',
]);
const selections: Rule = (value, path) => [
  ...(isNode(value) && Object.keys(value).length === 1 ? [] : [`${path} must be tags or resources, and one of them`]),
  ...block({ tags: named(NAME, () => ofTags), resources: named(NAME, () => ofTypes) })(value, path),
];
/** One without the other is refused, or does nothing. */
const scansWithSettings: Rule = (value, path) => {
  const { rules, scan_settings: settings } = value as Node;
  const isScanning = Object.values(rules as Node).some((one) => isNode(one) && 'scan_actions' in one);
  return isScanning === (settings !== undefined) ? [] : [`${path} has scan_actions or scan_settings, and not both`];
};
const elements = block(
  {
    regions: texts(/^[a-z]{2}(-[a-z]+)+-\d$/, 'Regions'),
    rules: named(NAME, () => rule, 10),
    selections,
    advanced_backup_settings: block({ ec2: block({ windows_vss: text(/^(enabled|disabled)$/, 'a switch') }) }),
    backup_plan_tags: tags,
    scan_settings: scanned(
      block({ resource_types: texts(/^(ALL|EBS|EC2|S3)$/, 'types that are scanned'), scanner_role_arn: ofAccount }, [
        'resource_types',
        'scanner_role_arn',
      ]),
    ),
  },
  ['regions', 'rules', 'selections'],
);
const plan: Rule = (value, path) => [...elements(value, path), ...scansWithSettings(value, path)];

/** Everything in the text of a backup policy that the grammar does not know. */
export function grammarProblems(policy: string): string[] {
  return [
    ...(policy.length > 10_000 ? [`it has ${policy.length} characters`] : []),
    ...(JSON.stringify(JSON.parse(policy)) === policy ? [] : ['it holds white space, or a key twice']),
    ...placeholders(policy),
    ...block({ plans: named(PLAN, () => plan) }, ['plans'])(JSON.parse(policy), ''),
  ];
}

/** The account stands in roles alone, and the Region nowhere: copies go to places that are known. */
const placeholders = (policy: string): string[] =>
  [...policy.matchAll(/(\S{0,40})(\$\w+|\$\{[^}]*\})/g)]
    .filter(([, before = '', placeholder]) => placeholder !== '$account' || !/arn:aws[\w-]*:iam::$/.test(before))
    .map(([whole]) => `a placeholder in ${whole}`);
