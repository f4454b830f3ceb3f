import type { Actor, Actors } from './actors';
import { type Check, denied, type Layer } from './check';
import { type SiteView, serviceRolesOf } from './site-view';
import { ATTEMPTS, type TamperRequest, tamperRequests } from './tamper-requests';

/** Requests from inside a site's account: who may do everything there, and the roles that AWS Backup works under. */
export function tamperingWithin(view: SiteView, requests: readonly TamperRequest[], actors: Actors): Check[] {
  const { accountId } = view.site;
  const isGuarded = actors.isGuarded(accountId);
  const mighty = [actors.administrator(accountId), actors.root(accountId)];
  const working = serviceRolesOf(view).map((role) => actors.role(role));
  const scanning = view.scannerRole ? [actors.role(view.scannerRole)] : [];
  return requests.flatMap((request) => {
    const { layers, exempts } = ATTEMPTS[request.attempt];
    const inForce = layers.filter((layer) => layer !== 'guardrails' || isGuarded);
    return [
      ...mighty.flatMap((actor) => inForce.map((layer) => tampers(actor, request, layer))),
      ...(exempts === 'all and backup roles' ? [] : working.map((actor) => tampers(actor, request))),
      ...(EXEMPTS_SCANNERS.has(exempts) ? [] : scanning.map((actor) => tampers(actor, request))),
    ];
  });
}

/** Snapshots the scanner shares, as backup roles do. */
const EXEMPTS_SCANNERS: ReadonlySet<string> = new Set(['all and backup roles', 'all and scanner roles']);

/** What nobody but guardrails stops, where there are none: possible, and therefore to be told. */
export function openWithoutGuardrails(view: SiteView, actors: Actors): Check[] {
  const { accountId } = view.site;
  if (actors.isGuarded(accountId)) return [];
  const mighty = actors.administrator(accountId);
  return tamperRequests(view)
    .filter(({ attempt }) => ATTEMPTS[attempt].layers.every((layer) => layer === 'guardrails'))
    .map((request) => tampers(mighty, request));
}

/** Requests on a site's vault, recovery points and keys from other accounts. */
export function tamperingFrom(strangers: readonly Actor[], requests: readonly TamperRequest[]): Check[] {
  const onPolicies = requests.filter(({ attempt }) =>
    (ATTEMPTS[attempt].layers as readonly Layer[]).includes('resource policy'),
  );
  return strangers.flatMap((actor) => onPolicies.map((request) => tampers(actor, request)));
}

const tampers = (actor: Actor, { attempt, action, target, context }: TamperRequest, layer: Layer = 'all'): Check =>
  denied(attempt, actor, action, target, context, layer);
