import type { HcpClient } from '../live/hcp-client';
import { idsOf, type KnownWorkspaces } from './known-workspaces';
import type { Sight, Step } from './step';

/**
 * Lets a workspace plan again after each apply of those whose outputs it reads; HCP Terraform takes twenty of them.
 * @see https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run-triggers
 */
export function runTriggersStep(
  client: HcpClient,
  name: string,
  producers: readonly string[],
  known: KnownWorkspaces,
): Step {
  const look = async (): Promise<Sight> => {
    const workspace = known.get(name);
    const path = `/workspaces/${workspace?.id ?? name}/run-triggers`;
    const inbound = `${path}?filter%5Brun-trigger%5D%5Btype%5D=inbound`;
    const triggers = workspace === undefined ? [] : await client.list(inbound);
    const present = new Set(triggers.map(({ relationships }) => relationships?.sourceable?.data?.id));
    const lacking = producers.filter((producer) => !present.has(known.get(producer)?.id ?? ''));
    const count = (there: number) => `${there} of ${producers.length} that it reads`;
    return {
      was: count(producers.length - lacking.length),
      is: count(producers.length),
      calls: lacking.map((producer) => ({
        service: 'hcp',
        operation: `POST ${path}`,
        parameters: { sourceable: producer },
        send: async () => {
          const [id] = idsOf([producer], known);
          const sourceable = { data: { type: 'workspaces', id } };
          await client.post(path, { type: 'run-triggers', relationships: { sourceable } });
        },
      })),
    };
  };
  return { what: 'run triggers', where: { name }, look };
}

/** Lets HCP Terraform look for drift in a workspace. @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/health */
export function assessmentsStep(client: HcpClient, name: string, known: KnownWorkspaces): Step {
  const look = async (): Promise<Sight> => {
    const workspace = known.get(name);
    const isOn = workspace?.attributes?.['assessments-enabled'] === true;
    const path = `/workspaces/${workspace?.id ?? name}`;
    const attributes = { 'assessments-enabled': true };
    const turnOn = {
      service: 'hcp',
      operation: `PATCH ${path}`,
      parameters: attributes,
      send: () => client.patch(path, { type: 'workspaces', attributes }),
    };
    return { was: isOn ? 'on' : 'off', is: 'on', calls: isOn ? [] : [turnOn] };
  };
  return { what: 'health assessments', where: { name }, look };
}
