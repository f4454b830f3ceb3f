import type { Actor, Actors } from './actors';
import type { Check, Layer } from './check';
import type { SiteView } from './site-view';
import { ATTEMPTS, type TamperRequest, tamperRequests } from './tamper-requests';

/** Requests from inside a site's account: who may do everything there, and the roles that AWS Backup works under. */
export function tamperingWithin(view: SiteView, actors: Actors): Check[] {
  const { accountId } = view.site;
  const isGuarded = actors.isGuarded(accountId);
  const mighty = [actors.administrator(accountId), actors.root(accountId)];
  const working = [view.backupRole, view.restoreRole].flatMap((role) => (role ? [actors.role(role)] : []));
  return tamperRequests(view).flatMap((request) => {
    const { layers, exempts } = ATTEMPTS[request.attempt];
    const inForce = layers.filter((layer) => layer !== 'guardrails' || isGuarded);
    return [
      ...mighty.flatMap((actor) => inForce.map((layer) => denied(actor, request, layer))),
      ...(exempts === 'all and backup roles' ? [] : working.map((actor) => denied(actor, request, 'all'))),
    ];
  });
}

/** What nobody but guardrails stops, where there are none: possible, and therefore to be told. */
export function openWithoutGuardrails(view: SiteView, actors: Actors): Check[] {
  const { accountId } = view.site;
  if (actors.isGuarded(accountId)) return [];
  const mighty = actors.administrator(accountId);
  return tamperRequests(view)
    .filter(({ attempt }) => ATTEMPTS[attempt].layers.every((layer) => layer === 'guardrails'))
    .map((request) => denied(mighty, request, 'all'));
}

/** Requests on a site's vault, recovery points and keys from other accounts. */
export function tamperingFrom(strangers: readonly Actor[], view: SiteView): Check[] {
  const requests = tamperRequests(view).filter(({ attempt }) =>
    (ATTEMPTS[attempt].layers as readonly Layer[]).includes('resource policy'),
  );
  return strangers.flatMap((actor) => requests.map((request) => denied(actor, request, 'all')));
}

const denied = (actor: Actor, { attempt, action, target, context }: TamperRequest, layer: Layer): Check => ({
  expected: 'denied',
  group: attempt,
  layer,
  actor,
  action,
  target,
  ...(context ? { context } : {}),
});
