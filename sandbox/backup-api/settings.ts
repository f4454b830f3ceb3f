import { invalidValue, notInOrganization, notManagementAccount } from './errors';
import type { Call, Handlers } from './operations';

/** What holds for the whole organization, and for one account in one Region. */
export const settingsHandlers = {
  DescribeGlobalSettings: (_, call) => {
    organizationOf(call);
    const { globalSettings, globalSettingsUpdated } = call.world;
    return { GlobalSettings: { ...globalSettings }, LastUpdateTime: globalSettingsUpdated };
  },

  UpdateGlobalSettings: ({ GlobalSettings = {} }, call) => {
    if (organizationOf(call).managementAccountId !== call.accountId) throw notManagementAccount();
    for (const [key, value] of Object.entries(GlobalSettings)) {
      if (!Object.hasOwn(call.world.globalSettings, key)) throw invalidValue(`Invalid global setting: ${key}`, key);
      if (!['true', 'false'].includes(value)) throw invalidValue(`Invalid value of ${key}: ${value}`, value);
    }
    call.world.globalSettings = { ...call.world.globalSettings, ...GlobalSettings };
    call.world.globalSettingsUpdated = call.now;
    return {};
  },

  DescribeRegionSettings: (_, { place: { regionSettings } }) => ({
    ResourceTypeOptInPreference: { ...regionSettings.optIn },
    ResourceTypeManagementPreference: { ...regionSettings.management },
  }),

  UpdateRegionSettings: ({ ResourceTypeOptInPreference = {}, ResourceTypeManagementPreference = {} }, { place }) => {
    const { optIn, management } = place.regionSettings;
    refuseUnknown(ResourceTypeOptInPreference, optIn);
    refuseUnknown(ResourceTypeManagementPreference, management);
    place.regionSettings = {
      optIn: { ...optIn, ...ResourceTypeOptInPreference },
      management: { ...management, ...ResourceTypeManagementPreference },
    };
    return {};
  },
} satisfies Handlers;

function organizationOf({ world, accountId }: Call) {
  const { organization } = world.seams;
  if (!organization?.isMember(accountId)) throw notInOrganization();
  return organization;
}

function refuseUnknown(given: Readonly<Record<string, boolean>>, known: Readonly<Record<string, boolean>>): void {
  for (const type of Object.keys(given)) {
    if (!Object.hasOwn(known, type)) throw invalidValue(`Invalid resource type: ${type}`, type);
  }
}
