import * as sdk from '@aws-sdk/client-backup';
import constraints from '../fixtures/backup-constraints.json';
import { ApiError, notServed } from '../wire/api-error';
import { type Constraints, violations } from '../wire/constraints';
import type { Clock, Service } from '../wire/exchange';
import { RestRouter, readInput, writeError, writeOutput } from '../wire/rest-json';
import { operationsOf } from '../wire/shape';
import { authorizeOperation } from './authorization';
import { invalidValue, missingValue } from './errors';
import { handlers } from './handlers';
import type { Call, Handlers } from './operations';
import { plansIn } from './organization-plans';
import type { Plan } from './place';
import { type PlanPlace, type PlanRun, runPlan } from './run-plan';
import type { Seams } from './seams';
import { World } from './world';

/** An emulated AWS Backup: what answers requests, and the state behind it. */
export interface BackupApi {
  readonly serve: Service;
  readonly world: World;
  /** The plans of an account in a Region, those of backup policies among them, by id. */
  plansIn(accountId: string, region: string): ReadonlyMap<string, Plan>;
  /** Runs every rule of a plan once, as if its schedule came; `world.settled()` waits for the jobs. */
  runPlan(place: PlanPlace): Promise<PlanRun>;
}

export interface BackupApiOptions extends Partial<Seams> {
  /** @default - the machine's clock */
  readonly clock?: Clock;
}

const ALONE: Seams = {
  authorize: () => undefined,
  permitCopy: () => undefined,
  organization: undefined,
  resources: () => [],
  onEvent: () => {},
  onNotification: () => {},
  onFault: (fault) => {
    throw fault;
  },
  jobDelayMilliseconds: 20,
};

/** Makes an AWS Backup with nothing in it. Without seams everybody may do everything in their own account. */
export function createBackupApi({ clock = () => new Date(), ...seams }: BackupApiOptions = {}): BackupApi {
  const world = new World(clock, { ...ALONE, ...seams });
  const router = new RestRouter(operationsOf(sdk));
  const serve: Service = async (request) => {
    try {
      const match = router.match(request);
      if (!match) throw notServed('backup', `${request.method} ${request.path}`);
      const { name } = match.operation;
      const handler = handlers[name as keyof Handlers] as ((input: unknown, call: Call) => unknown) | undefined;
      if (!handler) throw notServed('backup', name);
      const { accountId } = request.caller;
      const { region, caller } = request;
      const call: Call = { caller, accountId, region, world, place: world.place(accountId, region), now: clock() };
      const input = readInput(match, request);
      const { missing, broken } = violations(input, match.operation.input, constraints as Constraints);
      if (missing.length > 0) throw missingValue(missing);
      if (broken.length > 0) throw invalidValue(`${counted(broken.length)} detected: ${broken.join('; ')}`);
      await authorizeOperation(name, input as Readonly<Record<string, unknown>>, call);
      return writeOutput(match.operation, await handler(input, call));
    } catch (error) {
      if (error instanceof ApiError) return writeError(error);
      throw error;
    }
  };
  return {
    serve,
    world,
    plansIn: (accountId, region) => plansIn(world, world.place(accountId, region)),
    runPlan: (place) => runPlan(world, place),
  };
}

const counted = (count: number) => `${count} validation error${count === 1 ? '' : 's'}`;
