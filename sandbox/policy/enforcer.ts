import type { PermitCopy } from '../backup-api/seams';
import type { Guard } from '../gateway/gateway';
import type { Authorize } from '../wire/authorize';
import { Actors, type OrganizationView } from './actors';
import { guardBy } from './guard';
import { Identities } from './identities';
import { Keys } from './keys';
import { MotoClients } from './moto-clients';
import { permitCopyBy } from './permit-copy';
import { refusalOf } from './verdict';

export interface EnforcerOptions {
  /** Where moto listens: not the gateway, which would ask the enforcer again. */
  readonly moto: string;
  /** The emulated Organizations' directory. */
  readonly organization: OrganizationView;
  /**
   * The tags of what the emulated services keep and moto knows nothing of, such as the snapshots behind recovery points.
   * @default - it has none
   */
  readonly tagsOf?: (arn: string) => Readonly<Record<string, string>> | undefined;
}

/** Permits what AWS would permit, by the policies as deployed. */
export interface Enforcer {
  /** For the emulated AWS Backup and Organizations. */
  readonly authorize: Authorize;
  readonly permitCopy: PermitCopy;
  /** For the gateway, which asks it about everything that goes on to moto. */
  readonly guard: Guard;
  /** Reads everything anew, after something was changed past the gateway. */
  forget(): void;
  close(): void;
}

/** Reads moto when it is first asked, and keeps what it read. */
export function createEnforcer({ moto, organization, tagsOf = () => undefined }: EnforcerOptions): Enforcer {
  const clients = new MotoClients(moto);
  const identities = new Identities(clients);
  const keys = new Keys(clients);
  const actors = new Actors(identities, organization);
  const authorize: Authorize = async ({ caller, action, resource, resourcePolicy, region, context }) =>
    refusalOf({
      actor: await actors.of(caller),
      action,
      resource,
      policy: resourcePolicy,
      policyKind: 'resource-based policy',
      context: { ...context, ...actors.surroundings(resource.accountId, region) },
    });
  return {
    authorize,
    permitCopy: permitCopyBy({ actors, keys, organization }),
    guard: guardBy({ actors, identities, keys, tagsOf }),
    forget: () => {
      identities.forget();
      keys.forget();
    },
    close: () => clients.close(),
  };
}
