import type { Config } from './config';
import type { Problem } from './config-error';

/** The names as the operator wrote them, also of entries that are faulty: a reference to these is not at fault. */
export interface Written {
  readonly destinations: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  readonly plans: ReadonlySet<string>;
  /** Paths of required values that are faulty; what stands in for them is nobody's to compare with. */
  readonly standIns: ReadonlySet<string>;
}

/** A rule across the config; sees a config whose shape is right, though faulty parts may be missing from it. */
export type Check = (config: Config, written: Written) => Problem[];
