import fc from 'fast-check';
import {
  either,
  type Frame,
  type FrameAccount,
  MANAGEMENT_ACCOUNT,
  ORGANIZATION,
  OUTSIDE_ACCOUNT,
  ROOT,
  someOf,
  UNIT,
  UNIT_ID,
} from './arbitrary-frame';

const KEY_ID = '0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f';

const keyArn = (frame: Frame, region: string, accountId: string, id = `key/${KEY_ID}`) =>
  `arn:${frame.partition}:kms:${region}:${accountId}:${id}`;

const aKeyArn = (frame: Frame, region: string, accountId: string) =>
  either(
    frame,
    fc.constantFrom(
      keyArn(frame, region, accountId),
      keyArn(frame, region, accountId, `key/mrk-${KEY_ID.replaceAll('-', '')}`),
    ),
    fc.constantFrom(
      keyArn(frame, region, accountId, 'alias/backup'),
      keyArn(frame, region, OUTSIDE_ACCOUNT),
      keyArn(frame, 'eu-north-1', accountId),
    ),
  );

/** Bounds that let the days of the frame in; the lock of a compliance mode names its vault. */
function lock(frame: Frame, vaultName: string) {
  const { shortest, longest } = frame;
  const retention = {
    minRetentionDays: either(
      frame,
      fc.constantFrom(1, shortest, Math.max(1, shortest - 1)),
      fc.constantFrom(0, -1, shortest + 1, 36_501, 1.5),
    ),
    maxRetentionDays: either(
      frame,
      fc.constantFrom(longest, Math.min(36_500, longest + 1), 36_500),
      fc.constantFrom(longest - 1, 36_501, 0, shortest - 1),
    ),
  };
  return fc.oneof(
    fc.constant({ mode: 'none' }),
    fc.record({ mode: fc.constant('governance'), ...retention }, { requiredKeys: ['mode'] }),
    fc.record(
      {
        mode: fc.constant('compliance'),
        ...retention,
        changeableForDays: either(frame, fc.constantFrom(3, 4, 36_500), fc.constantFrom(2, 0, 36_501)),
        acknowledge: either(frame, fc.constant(vaultName), fc.constantFrom('', 'another')),
      },
      { requiredKeys: ['mode', 'changeableForDays', 'acknowledge'] },
    ),
  );
}

/** A role's name is one of its account, so the Region is in it. */
const roleName = (frame: Frame, purpose: string, region: string) =>
  either(
    frame,
    fc.constantFrom(`${purpose}-${region}`, `+=,.@_-${purpose}${region}`),
    fc.constantFrom('OrganizationAccountAccessRole', 'same-for-all', 'a/path', 'x'.repeat(65)),
  );

const vaultName = (frame: Frame) =>
  either(
    frame,
    fc.constantFrom('v1', 'old_Vault', 'v'.repeat(50)),
    fc.constantFrom('Default', 'v', 'v'.repeat(51), 'a.b'),
  );

const keyAlias = (frame: Frame, name: string) =>
  either(frame, fc.constant(`alias/${name}`), fc.constantFrom('alias/aws/backup', 'backup', 'alias/same'));

const preventDestroy = (frame: Frame) => either(frame, fc.boolean(), fc.constantFrom('false', null, 0));

function destinationSite(frame: Frame, { accountId }: FrameAccount, region: string) {
  const names = fc.record(
    {
      vault: vaultName(frame),
      restoreRole: roleName(frame, 'restore', region),
      keyAlias: keyAlias(frame, 'vault'),
    },
    { requiredKeys: [] },
  );
  return fc.tuple(fc.boolean(), names).chain(([hasKey, { keyAlias: alias, ...others }]) =>
    fc.record(
      {
        names: fc.constant(hasKey || alias === undefined ? others : { ...others, keyAlias: alias }),
        lock: lock(frame, others.vault ?? `${frame.prefix}-destination`),
        preventDestroy: preventDestroy(frame),
        ...(hasKey ? { keyArn: aKeyArn(frame, region, accountId) } : {}),
      },
      { requiredKeys: ['names'] },
    ),
  );
}

function sourceSite(frame: Frame, { accountId }: FrameAccount, region: string, plans: readonly string[]) {
  const names = fc.record(
    {
      vault: vaultName(frame),
      backupRole: roleName(frame, 'backup', region),
      restoreRole: roleName(frame, 'restore', region),
      keyAlias: keyAlias(frame, 'vault'),
      plans: fc.constant(Object.fromEntries(plans.map((plan) => [plan, `${plan}.of-old_times`]))),
    },
    { requiredKeys: [] },
  );
  return names.chain((given) =>
    fc.record(
      {
        names: fc.constant(given),
        plans: fc.constant(plans),
        resourceKeys: fc.array(aKeyArn(frame, region, accountId), { maxLength: 2 }),
        createResourceKey: fc.boolean(),
        regionSettings: either(frame, fc.constantFrom('manage', 'leave'), fc.constant('ignore')),
        optIn: fc.dictionary(
          either(frame, fc.constantFrom('EBS', 'RDS', 'Redshift Serverless', 'Timestream'), fc.constant('Glacier')),
          fc.boolean(),
          { maxKeys: 3 },
        ),
        managementPreference: fc.record({ DynamoDB: fc.boolean(), EFS: fc.boolean() }, { requiredKeys: [] }),
        keyPolicy: fc.constantFrom('strict', 'compat'),
        lock: lock(frame, given.vault ?? `${frame.prefix}-source`),
        preventDestroy: preventDestroy(frame),
      },
      { requiredKeys: [] },
    ),
  );
}

/** Regions as a list or as a map, whose values may be nothing. */
const regions = (
  frame: Frame,
  account: FrameAccount,
  site: (region: string) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> =>
  either(
    frame,
    fc.oneof(
      fc.constant(account.regions),
      fc.record(Object.fromEntries(account.regions.map((region) => [region, fc.option(site(region), { freq: 4 })]))),
    ),
    fc.constantFrom([], {}, ['mars-north-1'], ['eu-west-1', 'eu-west-1']),
  );

const accountId = (frame: Frame, own: string) =>
  either(frame, fc.constant(own), fc.constantFrom('999999999999', '222222222220', '12345678901', 123456789012));

/** Roles of an account; the faulty are of another one, or none. */
const administrators = (frame: Frame, accountId: string) => {
  const role = (name: string, account = accountId) => `arn:${frame.partition}:iam::${account}:role/${name}`;
  return either(
    frame,
    someOf(['Admin', 'path/to/Admin', 'Deployer'].map((name) => role(name))),
    fc.constantFrom<string[]>([role('Admin', OUTSIDE_ACCOUNT)], ['Admin'], []),
  );
};

/** Who may change an account: a deploy role, others, or both. The management account has no usual deploy role. */
const access = (frame: Frame, { accountId }: FrameAccount): fc.Arbitrary<object> => {
  const deployRole = fc.constantFrom('Deployer', 'infrastructure/Deployer');
  const others = administrators(frame, accountId);
  const needed = accountId === MANAGEMENT_ACCOUNT ? (['deployRole'] as const) : [];
  return fc.oneof(
    { arbitrary: fc.record({ deployRole, administrators: others }, { requiredKeys: [...needed] }), weight: 4 },
    { arbitrary: fc.record({ deployRole: fc.constant(null), administrators: others }), weight: 1 },
  );
};

const ouPath = (frame: Frame) =>
  either(frame, fc.constantFrom(UNIT, `${UNIT}ou-abc1-87654321/`), fc.constant(`${ORGANIZATION}/${ROOT}/`));

/** Guardrails on units have to know where an account is. */
const placeKeys = ({ attachTo }: Frame): 'ouPath'[] => (attachTo?.includes(UNIT_ID) ? ['ouPath'] : []);

/** What an account says of itself, and who may change it. */
const together = (parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((given) => Object.assign({}, ...given));

/** One entry of `destinations`. */
export const destination = (frame: Frame, account: FrameAccount): fc.Arbitrary<object> =>
  together([
    access(frame, account),
    fc.record(
      {
        accountId: accountId(frame, account.accountId),
        regions: regions(frame, account, (region) => destinationSite(frame, account, region)),
        ouPath: ouPath(frame),
        vaultAccess: either(
          frame,
          fc.constantFrom('accounts', 'organization', { ouPaths: [UNIT] }),
          fc.constantFrom('everybody', { ouPaths: [] }, { ouPaths: ['o-zzz7654321/r-abc1/'] }),
        ),
      },
      { requiredKeys: ['accountId', 'regions', ...placeKeys(frame)] },
    ),
  ]);

/** One entry of `sources`. */
export const source = (frame: Frame, account: FrameAccount): fc.Arbitrary<object> =>
  someOf(frame.plans).chain((plans) =>
    together([
      access(frame, account),
      fc.record(
        {
          accountId: accountId(frame, account.accountId),
          regions: regions(frame, account, (region) => sourceSite(frame, account, region, plans)),
          plans: either(frame, fc.constant(plans), fc.constantFrom(['nightly'], [...plans, ...plans])),
          ouPath: ouPath(frame),
          copyBack: fc.boolean(),
        },
        { requiredKeys: ['accountId', 'regions', 'plans', ...placeKeys(frame)] },
      ),
    ]),
  );
