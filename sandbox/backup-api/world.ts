import { DEFAULT_GLOBAL_SETTINGS, defaultRegionSettings } from '../fixtures/settings';
import { stableUuid } from '../tools/stable-uuid';
import type { Clock } from '../wire/exchange';
import { parseVaultArn } from './arns';
import { Place, type Vault } from './place';
import type { Seams } from './seams';

/** The state of AWS Backup in every account and Region, and what it asks of the world around. */
export class World {
  private readonly places = new Map<string, Place>();
  private readonly counts = new Map<string, number>();
  private readonly running = new Set<Promise<void>>();
  globalSettings: Readonly<Record<string, string>> = DEFAULT_GLOBAL_SETTINGS;
  globalSettingsUpdated: Date | undefined;

  constructor(
    readonly clock: Clock,
    readonly seams: Seams,
  ) {}

  /** What an account has in a Region; it is there from the start, as on AWS. */
  place(accountId: string, region: string): Place {
    const key = `${accountId} ${region}`;
    const place = this.places.get(key) ?? new Place(accountId, region, defaultRegionSettings(region));
    this.places.set(key, place);
    return place;
  }

  /** Every place that anything has been asked of. */
  allPlaces(): readonly Place[] {
    return [...this.places.values()];
  }

  /** The vault with this ARN, in whichever account. */
  vaultAt(arn: string): Vault | undefined {
    const parts = parseVaultArn(arn);
    return parts && this.place(parts.accountId, parts.region).vaults.get(parts.name);
  }

  /** An id that is the same in each run: the count of its kind in its place decides. */
  nextId(kind: string, { accountId, region }: { readonly accountId: string; readonly region: string }): string {
    const key = `${kind} ${accountId} ${region}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return stableUuid(key, count);
  }

  /** Does what AWS does after it has answered, such as a step of a job. */
  later(work: () => Promise<void> | void): void {
    this.during(async () => {
      await new Promise((resolve) => setTimeout(resolve, this.seams.jobDelayMilliseconds));
      await work();
    });
  }

  /** Does something that {@link settled} waits for. */
  during(work: () => Promise<void>): void {
    const run: Promise<void> = work()
      .catch(this.seams.onFault)
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }

  /** Comes back when no job is under way. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled([...this.running]);
  }
}
