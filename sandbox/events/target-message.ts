import type { Target } from '@aws-sdk/client-eventbridge';

/** An event as it is on a bus. */
export type BusEvent = Readonly<Record<string, unknown>>;

/**
 * What a target is sent: the event, or what its rule makes of it.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function messageFor({ Input, InputPath, InputTransformer }: Target, event: BusEvent): string {
  if (Input !== undefined) return Input;
  if (InputPath !== undefined) return JSON.stringify(valueAt(event, InputPath));
  if (!InputTransformer) return JSON.stringify(event);
  const { InputPathsMap = {}, InputTemplate = '' } = InputTransformer;
  return InputTemplate.replaceAll(/<([\w.-]+)>/g, (whole, name: string) => {
    if (name === 'aws.events.event.json' || name === 'aws.events.event') return JSON.stringify(event);
    const path = InputPathsMap[name];
    if (path === undefined) return whole;
    const value = valueAt(event, path);
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  });
}

/** Follows a path such as `$.detail.state` or `$.resources[0]`. */
function valueAt(event: BusEvent, path: string): unknown {
  const steps = path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .slice(1);
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], event);
}
