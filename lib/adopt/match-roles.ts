import { managedPolicyArn } from '../aws/arn';
import { sameRoleName } from './compare';
import type { FoundPlan, FoundRole } from './inventory';
import { type Matches, NO_MATCHES, proposed, toChoose } from './proposal';
import { type Scene, settingOf } from './scene';

type Setting = 'backupRole' | 'restoreRole';

/** A role that a site could take over, and why. */
export interface RoleCandidates {
  readonly scene: Scene;
  readonly setting: Setting;
  readonly candidates: readonly FoundRole[];
  readonly why: string;
}

/** Roles that could be the backup role of a source: those that selections of its plans use. */
export function backupRoleOf(scene: Scene, wantedName: string, plans: Iterable<FoundPlan>): RoleCandidates | undefined {
  if (isSettled(scene, 'backupRole', wantedName)) return undefined;
  const arns = new Set([...plans].flatMap(({ selections }) => selections.map(({ content }) => content.IamRoleArn)));
  const candidates = scene.roles.filter(({ arn }) => arns.has(arn));
  return { scene, setting: 'backupRole', candidates, why: 'selections of its plans use it' };
}

/** Roles that could restore: those that AWS Backup may take, with the policy for it and not the one for backups. */
export function restoreRoleOf(scene: Scene, wantedName: string): RoleCandidates | undefined {
  if (isSettled(scene, 'restoreRole', wantedName)) return undefined;
  const { partition } = scene.site;
  const policy = (of: string) => managedPolicyArn(partition, `service-role/AWSBackupServiceRolePolicyFor${of}`);
  const candidates = scene.roles.filter(
    ({ isForBackup, attached }) =>
      isForBackup && attached.includes(policy('Restores')) && !attached.includes(policy('Backup')),
  );
  return { scene, setting: 'restoreRole', candidates, why: 'it may restore, and nothing else' };
}

const isSettled = ({ roles, says }: Scene, setting: Setting, wantedName: string) =>
  says('names', setting) || roles.some(({ name }) => sameRoleName(name, wantedName));

/** Takes a role for what it could be where nothing else could be it, and where it could be nothing else. */
export function chooseRole(one: RoleCandidates, all: readonly RoleCandidates[]): Matches {
  const { scene, setting, candidates, why } = one;
  const [only] = candidates;
  if (!only) return NO_MATCHES;
  const choose = (reason: string) =>
    toChoose({
      where: scene.label,
      what: setting === 'backupRole' ? 'backup role' : 'restore role',
      why: reason,
      candidates: candidates.map(({ arn }) => arn),
    });
  const where = settingOf(scene, 'names', setting);
  if (candidates.length > 1) return choose(`more than one role could be meant: say which it is in ${where}`);
  if (only.path !== '/')
    return choose(
      'it has a path, and another role would have to be made for one without: it is left, and a new one made',
    );
  const others = all.filter((other) => other !== one && other.candidates.some(({ arn }) => arn === only.arn));
  if (others.length > 0)
    return choose(
      `${others.map((other) => other.scene.label).join(', ')} could take it too, and every stack has a role of its own: write ${where} in one of them`,
    );
  return proposed([...scene.path, 'names', setting], only.name, why);
}
