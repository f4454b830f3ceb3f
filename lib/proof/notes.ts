import type { ProtectedSite, Topology } from '../topology/topology';
import { answer, type Check } from './check';
import { MANAGED_POLICIES_AS_OF } from './managed-policy';
import type { SiteView } from './site-view';

/** What the operator has to know besides the answers: what is open on purpose, and what could not be seen. */
export function notesOf(
  views: readonly SiteView[],
  topology: Topology,
  openIn: (view: SiteView) => readonly Check[],
): { readonly acceptedRisks: string[]; readonly assumptions: string[] } {
  return {
    acceptedRisks: [
      ...unguarded(views, topology, openIn),
      ...unlocked(views),
      ...destructible(views),
      ...widelyOpen(topology),
    ],
    assumptions: [
      `AWS's own policies are as of ${MANAGED_POLICIES_AS_OF}; AWS changes them without notice.`,
      ...views.flatMap(({ label, assumedKeys }) =>
        assumedKeys.length === 0
          ? []
          : [
              `${label}: ${assumedKeys.length === 1 ? 'the policy of 1 key of others says' : `the policies of ${assumedKeys.length} keys of others say`} what cdktf.out/key-policies has for them.`,
            ],
      ),
      'whoever the deploy role and the break-glass roles trust is trusted: no stack makes them.',
      ...outside(topology),
      ...topology.sources
        .filter(({ ouPath, copyTargets }) => ouPath === undefined && admittedByUnit(topology, copyTargets))
        .map(
          ({ name }) =>
            `source ${name} is in a unit that its destinations admit; give it an ouPath to have it checked.`,
        ),
    ].filter((line, index, lines) => lines.indexOf(line) === index),
  };
}

const admittedByUnit = ({ destinations }: Topology, copyTargets: readonly string[]) =>
  destinations.some(({ vault, vaultAccess }) => vaultAccess.by === 'ouPaths' && copyTargets.includes(vault.vaultArn));

const outside = ({ sources, destinations }: Topology): string[] => {
  const ours = new Set(
    destinations.flatMap(({ vault, airGapped }) => [vault.vaultArn, ...(airGapped ? [airGapped.vaultArn] : [])]),
  );
  const others = new Set(sources.flatMap(({ copyTargets }) => copyTargets.filter((arn) => !ours.has(arn))));
  return [...others].map(
    (arn) => `${arn} has the policy that cdktf.out/policies holds for it, and a key that its account may use.`,
  );
};

/** What every account leaves to its administrators where no guardrail binds it, once an account. */
function unguarded(
  views: readonly SiteView[],
  { management }: Topology,
  openIn: (view: SiteView) => readonly Check[],
): string[] {
  const first = views.filter(
    ({ site }, index) => views.findIndex((other) => other.site.accountId === site.accountId) === index,
  );
  return first.flatMap((view) => {
    const isManagement = view.site.accountId === management.accountId;
    const open = openIn(view).filter((check) => answer(check).isAllowed);
    const attempts = [...new Set(open.map(({ group }) => group))].filter(
      (attempt) => !(isManagement && attempt === 'give the account up'),
    );
    if (attempts.length === 0) return [];
    const why = isManagement ? 'which no guardrail ever binds' : 'without guardrails';
    return [
      `an administrator of ${accountLabel(view.site)}, ${why}, can ${attempts.join('; ')}${attempts.includes('change or make an exempted role') ? ', and as that role everything else' : ''}.`,
    ];
  });
}

const accountLabel = ({ role, name, accountId }: ProtectedSite) => `${role} ${name} (${accountId})`;

const unlocked = (views: readonly SiteView[]): string[] =>
  views
    .filter(({ site }) => site.role === 'destination' && site.vault.lock === undefined)
    .map(({ label }) => `${label} has no vault lock: the deploy role can delete copies at once.`);

const destructible = (views: readonly SiteView[]): string[] =>
  views
    .filter(({ site }) => !site.isDestroyPrevented)
    .map(
      ({ label }) =>
        `Terraform may destroy or replace the vaults and keys of ${label}, and takes lock and policy off first (preventDestroy: false).`,
    );

function widelyOpen({ destinations, sources }: Topology): string[] {
  return [
    ...destinations
      .filter(({ vaultAccess }) => vaultAccess.by === 'organization')
      .map(
        ({ name, region }) =>
          `every account of the organization may copy into ${name}/${region} with a role named like a backup role.`,
      ),
    ...sources
      .filter(({ keyPolicy }) => keyPolicy === 'compat')
      .map(
        ({ name, region }) =>
          `the keys of ${name}/${region} let AWS Backup of the destinations do more than a copy is known to need (keyPolicy: compat).`,
      ),
  ];
}
