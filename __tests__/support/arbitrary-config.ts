import fc from 'fast-check';
import { destination, source } from './arbitrary-accounts';
import { either, type Frame, frame, MANAGEMENT_ACCOUNT, ORGANIZATION, ROOT } from './arbitrary-frame';
import { plan } from './arbitrary-plans';
import { mutated } from './mutation';

const state = ({ managementRegion }: Frame) =>
  fc.constantFrom<object[]>(
    { backend: 'local' },
    { backend: 'local', path: '/var/states' },
    { backend: 's3', bucket: 'states', region: managementRegion },
    {
      backend: 's3',
      bucket: 'states',
      region: managementRegion,
      keyPrefix: 'a/b',
      role: 'r',
      accountId: '123456789012',
    },
    { backend: 'hcp', organization: 'acme' },
    { backend: 'hcp', organization: 'acme', project: 'backup', hostname: 'tfe.example.com', workspacePrefix: '' },
  );

/** One entry for each name, in their order. */
const named = <Item extends { readonly name: string }>(
  items: readonly Item[],
  entry: (item: Item) => fc.Arbitrary<object>,
): fc.Arbitrary<object> => fc.record(Object.fromEntries(items.map((item) => [item.name, entry(item)])));

const management = (given: Frame) =>
  fc.record(
    {
      accountId: fc.constant(MANAGEMENT_ACCOUNT),
      region: either(given, fc.constant(given.managementRegion), fc.constantFrom('us-gov-east-1', 'nowhere')),
      globalSettings: fc.record(
        {
          crossAccountBackup: either(given, fc.constant(true), fc.constant(false)),
          multiPartyApproval: fc.boolean(),
          delegatedAdministrator: fc.boolean(),
        },
        { requiredKeys: ['multiPartyApproval', 'delegatedAdministrator'] },
      ),
      deployRole: fc.constantFrom(null, 'Deployer'),
      delegatedAdministrator: either(given, fc.constantFrom(...namesOf(given.destinations)), fc.constant('nobody')),
    },
    { requiredKeys: ['accountId', 'region', 'globalSettings'] },
  );

/** Roles of accounts of the file; the faulty are of the management account, or none. */
const breakGlassRoles = (given: Frame) => {
  const role = (accountId: string, name: string) => `arn:${given.partition}:iam::${accountId}:role/${name}`;
  const roles = [...given.destinations, ...given.sources].map(({ accountId }) => role(accountId, 'BreakGlass'));
  return either(
    given,
    fc.subarray(roles),
    fc.constantFrom([role(MANAGEMENT_ACCOUNT, 'BreakGlass')], ['BreakGlass'], [...roles, 'arn:aws:iam::1:root']),
  );
};

const guardrails = (given: Frame) => {
  const { attachTo = 'accounts' } = given;
  const isOnRoot = attachTo.includes(ROOT);
  return fc.record(
    {
      enabled: fc.oneof({ arbitrary: fc.constant(true), weight: 3 }, { arbitrary: fc.constant(false), weight: 1 }),
      attachTo: either(given, fc.constant(attachTo), fc.constantFrom([], ['ou-abc1-87654321'], ['r-abc2'], 'all')),
      acknowledgeRoot: either(given, fc.constant(ROOT), fc.constantFrom('r-abc2', 'yes')),
      extraScpFiles: fc.constant(['scps/region-deny.json']),
    },
    { requiredKeys: ['attachTo', ...(isOnRoot ? (['acknowledgeRoot'] as const) : [])] },
  );
};

const namesOf = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);

const sections = (given: Frame): fc.Arbitrary<object> =>
  fc.record(
    {
      organization: fc.record({ id: fc.constant(ORGANIZATION), rootId: fc.constant(ROOT) }, { requiredKeys: ['id'] }),
      prefix: fc.constant(given.prefix),
      strict: fc.oneof({ arbitrary: fc.constant(false), weight: 9 }, { arbitrary: fc.constant(true), weight: 1 }),
      state: state(given),
      deployRole: fc.constantFrom('Deployer', 'path/to/Deployer'),
      tags: either(
        given,
        fc.constantFrom({}, { owner: 'platform' }),
        fc.constantFrom<object[]>({ 'aws:x': 'y' }, { x: '%{if}' }, { 'Cross-account-backup': 'x' }),
      ),
      breakGlassRoles: breakGlassRoles(given),
      ...(given.attachTo === undefined ? {} : { guardrails: guardrails(given) }),
      management: management(given),
      destinations: named(given.destinations, (account) => destination(given, account)),
      sources: named(given.sources, (account) => source(given, account)),
      plans: named(
        given.plans.map((name) => ({ name })),
        () => plan(given),
      ),
      organizationPolicies: fc.record({ regions: fc.subarray([...given.allRegions], { maxLength: 2 }) }),
    },
    {
      requiredKeys: [
        'organization',
        'prefix',
        'management',
        'destinations',
        'sources',
        'plans',
        ...(given.attachTo === undefined ? [] : (['guardrails'] as const)),
      ],
    },
  );

/** What an operator may write: some of it sound, the rest with a fault or two, some of them of shape. */
export const configInput: fc.Arbitrary<object> = frame.chain((given) =>
  given.faults === 0
    ? sections(given)
    : fc.oneof(
        { arbitrary: sections(given), weight: 3 },
        { arbitrary: mutated(sections({ ...given, faults: 0 })), weight: 2 },
      ),
);
