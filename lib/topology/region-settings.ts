import { type OptInType, optInTypesOf } from '../aws/regions';
import { MANAGED_TYPES } from '../aws/resource-types';
import type { RegionSettings } from './topology';

const EVERYTHING_MANAGED = { DynamoDB: true, EFS: true } as const;

/**
 * Opts in to every type of the Region but for what is said type by type. The keys must be those of the Region: AWS
 * refuses a further one, and Terraform shows a difference for ever when one is missing.
 */
export function regionSettings(
  region: string,
  chosen: Readonly<Partial<Record<OptInType, boolean>>>,
  managed: Readonly<Record<(typeof MANAGED_TYPES)[number], boolean>> = EVERYTHING_MANAGED,
): RegionSettings {
  const types = [...new Set([...optInTypesOf(region), ...(Object.keys(chosen) as OptInType[])])].sort();
  return {
    optIn: Object.fromEntries(types.map((type) => [type, chosen[type] ?? true])),
    managementPreference: Object.fromEntries(
      MANAGED_TYPES.filter((type) => types.includes(type)).map((type) => [type, managed[type]]),
    ),
  };
}
