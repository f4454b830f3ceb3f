import { GetAllowedImagesSettingsCommand, type ImageCriterion } from '@aws-sdk/client-ec2';
import { ask } from '../../live/ask';
import { vaultArnIn } from '../../policies/backup-policies';
import { sortedUnique } from '../../topology/collections';
import type { CheckOf, SiteSight } from '../check';
import { error, warning } from '../finding';
import { someOf } from '../some-of';

/** Whom EC2 calls AWS Backup's air-gapped vaults. */
const AIR_GAPPED = 'aws-backup-vault';

/**
 * Where EC2 takes images of certain owners alone, it does not find those of copies, and a restore fails.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
export const allowedImages: CheckOf<'site'> = {
  name: 'allowed images',
  of: 'site',
  problems: async (sight) => {
    const { State, ImageCriteria = [] } = await ask('ec2:GetAllowedImagesSettings', () =>
      sight.ec2.send(new GetAllowedImagesSettingsCommand({})),
    );
    if (State !== 'enabled' && State !== 'audit-mode') return [];
    const lacking = ownersOf(sight).filter((owner) => !ImageCriteria.some((criterion) => admits(criterion, owner)));
    if (lacking.length === 0) return [];
    const found = `${State}, and no criterion takes all images of ${someOf(lacking, TOLD)}`;
    const problem = State === 'enabled' ? error : warning;
    const remedy = 'add them as image providers of a criterion without other conditions, or a restore finds no image';
    return [problem('allowed AMIs of EC2', found, 'images of copies are taken', remedy)];
  },
};

/** Whose images a restore in the account may need; its own are always taken. */
function ownersOf({ site, topology, everyone }: SiteSight): string[] {
  const ofVault = site.airGapped ? [AIR_GAPPED] : [];
  const from =
    site.role === 'destination'
      ? accountsThatCopyTo(site.vault.vaultArn, { topology, everyone })
      : site.copyBackFrom.map(({ accountId }) => accountId);
  return [...sortedUnique(from.filter((accountId) => accountId !== site.accountId)), ...ofVault];
}

function accountsThatCopyTo(vaultArn: string, { topology, everyone }: Pick<SiteSight, 'topology' | 'everyone'>) {
  const arnOf = vaultArnIn(topology.destinations);
  const copiesHere = (site: { readonly plans: (typeof topology.sources)[number]['plans'] }) =>
    site.plans.some(({ rules }) => rules.some(({ copies }) => copies.some((copy) => arnOf(copy) === vaultArn)));
  return [
    ...topology.sources.filter(copiesHere).map(({ accountId }) => accountId),
    ...everyone
      .filter(({ reaches }) => reaches.some(({ rollout }) => rollout.members.some(copiesHere)))
      .map(({ accountId }) => accountId),
  ];
}

/** A criterion that asks for anything else may leave an image of AWS Backup's out. */
const admits = ({ ImageProviders = [], ...others }: ImageCriterion, owner: string) =>
  (ImageProviders.length === 0 || ImageProviders.includes(owner)) &&
  Object.values(others).every((other) => other === undefined || (Array.isArray(other) && other.length === 0));

/** How many owners are told by their id. */
const TOLD = 5;
