import fc from 'fast-check';
import { either, type Frame, OUTSIDE_ACCOUNT, someOf } from './arbitrary-frame';

/** Each can be copied everywhere, so that a selection of it is never in the way of a copy. */
const TYPES = ['EBS', 'EFS', 'S3', 'EC2', 'Storage Gateway', 'VirtualMachine', 'EBS', 'DynamoDB', 'RDS', 'Aurora'];

const tagKey = (frame: Frame) =>
  either(frame, fc.constantFrom('Backup', 'k'.repeat(128), 'team:owner/x', 'a b'), fc.constantFrom('', 'aws:x'));
const tagValue = (frame: Frame) =>
  either(frame, fc.constantFrom('true', '', 'Gold tier', 'é', '$', '%'), fc.constantFrom('v'.repeat(257), '${x.y}', 7));

const tags = (frame: Frame) => fc.dictionary(tagKey(frame), tagValue(frame), { minKeys: 1, maxKeys: 3 });

/** As many tags as one selection takes, or one more. */
const manyTags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

const arns = (frame: Frame) => {
  const arn = (rest: string) => `arn:${frame.partition}:${rest}`;
  return either(
    frame,
    fc.constantFrom(
      '*',
      arn('ec2:*:*:volume/*'),
      arn('ec2:{region}:{account}:instance/*'),
      arn('s3:::bucket-*'),
      arn('elasticfilesystem:*:*:file-system/fs-0a1b'),
      arn('ec2:*:{account}:volume/vol-0a1b2c*'),
    ),
    fc.constantFrom(
      'volume/*',
      arn('s3:::*-logs'),
      arn(`ec2:*:${OUTSIDE_ACCOUNT}:volume/*`),
      'arn:aws-eusc:ec2:*:*:volume/*',
      '',
    ),
  );
};

const manyArns = ({ partition }: Frame, count: number, end: string) =>
  Array.from({ length: count }, (_, index) => `arn:${partition}:ec2:*:*:volume/vol-${index}${end}`);

const types = (frame: Frame) =>
  either(frame, someOf(TYPES, 3), fc.constantFrom(['Redshift'], ['FSx ONTAP'], ['Glacier'], ['ebs']));

/** What the selection starts from: tags, any of some tags, ARNs, types, or a condition alone. */
const core = (frame: Frame): fc.Arbitrary<object> =>
  either(
    frame,
    fc.oneof(
      { arbitrary: fc.record({ tags: tags(frame), resourceTypes: types(frame) }), weight: 6 },
      {
        arbitrary: fc.record({
          anyTag: fc.array(fc.record({ key: tagKey(frame), value: tagValue(frame) }), { minLength: 1, maxLength: 3 }),
        }),
        weight: 3,
      },
      { arbitrary: fc.record({ resources: fc.array(arns(frame), { minLength: 1, maxLength: 3 }) }), weight: 3 },
      { arbitrary: fc.record({ tags: tags(frame) }), weight: 2 },
      { arbitrary: fc.record({ conditions: fc.record({ equals: tags(frame) }) }), weight: 2 },
      {
        arbitrary: fc
          .constantFrom<(() => object)[]>(
            () => ({ tags: manyTags(30) }),
            () => ({ resources: manyArns(frame, 30, '*') }),
            () => ({ resources: manyArns(frame, 40, '') }),
          )
          .map((make) => make()),
        weight: 1,
      },
    ),
    fc
      .constantFrom<(() => object)[]>(
        () => ({}),
        () => ({ notResourceTypes: ['EBS'] }),
        () => ({ anyTag: [{ key: 'a', value: 'b' }], resourceTypes: ['EBS'] }),
        () => ({ tags: manyTags(31) }),
        () => ({ tags: manyTags(15), anyTag: Object.entries(manyTags(16)).map(([key, value]) => ({ key, value })) }),
        () => ({ resources: manyArns(frame, 31, '*') }),
        () => ({ resources: manyArns(frame, 501, '') }),
        () => ({ resources: [`arn:${frame.partition}:s3:::bucket`], resourceTypes: ['EBS'] }),
      )
      .map((make) => make()),
  );

const extras = (frame: Frame): fc.Arbitrary<object> => {
  const valueOrValues = fc.dictionary(
    tagKey(frame),
    fc.oneof(tagValue(frame), fc.array(tagValue(frame), { minLength: 1, maxLength: 2 })),
    { maxKeys: 2 },
  );
  return fc.record(
    {
      conditions: fc.record(
        { equals: tags(frame), notEquals: valueOrValues, like: tags(frame), notLike: valueOrValues },
        { requiredKeys: [] },
      ),
      notResources: fc.array(arns(frame), { maxLength: 1 }).map((list) => list.filter((arn) => arn !== '*')),
      notResourceTypes: fc.constantFrom([], ['Redshift'], ['Timestream', 'EKS']),
    },
    { requiredKeys: [] },
  );
};

/** One entry of `selections`. */
export const selection = (frame: Frame, name: fc.Arbitrary<string>): fc.Arbitrary<object & { readonly name: string }> =>
  fc
    .tuple(name, core(frame), fc.option(extras(frame), { nil: {} }))
    .map(([given, start, more]) => ({ name: given, ...more, ...start }));
