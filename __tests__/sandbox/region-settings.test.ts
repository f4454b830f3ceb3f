import { optInTypesOf } from '../../lib/aws/regions';
import { defaultRegionSettings } from '../../sandbox/fixtures/settings';

const typesIn = (region: string) => Object.keys(defaultRegionSettings(region).optIn).sort();

describe('the types of a Region by the sandbox’s own sources', () => {
  test.each(['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-northeast-1', 'ap-southeast-2'])(
    'are in %s those that the stacks write',
    (region) => expect(typesIn(region)).toEqual(optInTypesOf(region)),
  );

  test('are fewer where a service has no endpoint', () => {
    expect(typesIn('eu-west-2')).not.toContain('Timestream');
    expect(typesIn('cn-north-1')).not.toContain('VirtualMachine');
    expect(defaultRegionSettings('us-west-1')).not.toHaveProperty('management.DSQL');
  });
});
