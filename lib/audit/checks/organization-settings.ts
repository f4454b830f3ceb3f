import { BackupClient, DescribeGlobalSettingsCommand } from '@aws-sdk/client-backup';
import { organizationSteps } from '../../bootstrap/organization-steps';
import { requirementsOf } from '../../bootstrap/requirements';
import { ask } from '../../live/ask';
import type { GlobalSettings } from '../../topology/topology';
import type { CheckOf } from '../check';
import { error, type Problem, warning } from '../finding';

/** What bootstrap switches on in the organization: services that may work in it, and types of policies. */
export const trustedAccess: CheckOf<'organization'> = {
  name: 'trusted access',
  of: 'organization',
  problems: async ({ organization: { access }, config, topology }) => {
    const problems: Problem[] = [];
    for (const step of organizationSteps(access, requirementsOf(config, topology))) {
      const { was, is, calls } = await step.look();
      if (calls.length > 0) problems.push(error(step.what, was, is, 'npm run bootstrap'));
    }
    return problems;
  },
};

/** AWS Backup's settings of the whole organization, without which no account copies to another. */
export const globalSettings: CheckOf<'organization'> = {
  name: 'global settings',
  of: 'organization',
  problems: async ({ organization: { access }, topology: { management } }) => {
    const client = access.sessions.client((config) => new BackupClient(config), access.session, management.region);
    const { GlobalSettings: found = {} } = await ask('backup:DescribeGlobalSettings', () =>
      client.send(new DescribeGlobalSettingsCommand({})),
    );
    return (Object.entries(management.globalSettings) as [keyof GlobalSettings, boolean][]).flatMap(([name, isOn]) => {
      if ((found[name] === 'true') === isOn) return [];
      const problem = isOn ? error : warning;
      return [
        problem(`global setting ${name}`, `${found[name]}`, `${isOn}`, `deploy the stack ${management.stackName}`),
      ];
    });
  },
};
