import { referencesIn, resolved } from '../../sandbox/cloudformation/intrinsics';
import { readTemplate } from '../../sandbox/cloudformation/template';

const aTemplate = (Resources: object, others: object = {}) => JSON.stringify({ Resources, ...others });

describe('readTemplate', () => {
  test('puts what a resource waits for before it', () => {
    const { resources } = readTemplate(
      aTemplate({
        Last: { Type: 'T', DependsOn: 'Third', Properties: { Name: { 'Fn::Sub': 'of ${Second.Arn}' } } },
        Third: { Type: 'T', DependsOn: ['First'] },
        Second: { Type: 'T', Properties: { Of: [{ Ref: 'First' }] } },
        First: { Type: 'T', Properties: { Where: { Ref: 'AWS::Region' } } },
      }),
    );
    expect(resources.map(([id]) => id)).toEqual(['First', 'Third', 'Second', 'Last']);
  });

  test.each([
    ['not JSON', 'Resources: {}', /JSON not well-formed/],
    ['no resources', aTemplate({}), /At least one Resources member/],
    ['parameters', aTemplate({ A: { Type: 'T' } }, { Parameters: {} }), /reads no Parameters/],
    ['what is not there', aTemplate({ A: { Type: 'T', DependsOn: 'B' } }), /Unresolved resource dependencies \[B\]/],
    [
      'a circle',
      aTemplate({ A: { Type: 'T', DependsOn: 'B' }, B: { Type: 'T', Properties: { Of: { Ref: 'A' } } } }),
      /Circular dependency between resources: \[A, B\]/,
    ],
    ['an unknown function', aTemplate({ A: { Type: 'T', Properties: { X: { 'Fn::Join': [] } } } }), /know Fn::Join/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readTemplate(text)).toThrow(message);
  });
});

describe('resolved', () => {
  const scope = {
    pseudoParameters: { 'AWS::AccountId': '111111111111', 'AWS::Region': 'eu-west-1' },
    resources: new Map([['Key', { physicalId: 'key-1', attributes: { Arn: 'arn:of:key-1' } }]]),
  };

  test('works out every function, at every depth', () => {
    const value = {
      plain: [1, true, 'text'],
      ref: { Ref: 'Key' },
      attribute: { 'Fn::GetAtt': ['Key', 'Arn'] },
      short: [{ 'Fn::GetAtt': 'Key.Arn' }],
      sub: { 'Fn::Sub': '${AWS::AccountId}/${Key}/${Key.Arn}/${!aws:username}' },
    };
    expect(resolved(value, scope)).toEqual({
      plain: [1, true, 'text'],
      ref: 'key-1',
      attribute: 'arn:of:key-1',
      short: ['arn:of:key-1'],
      sub: '111111111111/key-1/arn:of:key-1/${aws:username}',
    });
    expect(referencesIn(value)).toEqual(['Key', 'Key', 'Key', 'Key', 'Key']);
  });

  test('names what it does not know', () => {
    expect(() => resolved({ Ref: 'Vault' }, scope)).toThrow('does not know what Vault is');
    expect(() => resolved({ 'Fn::GetAtt': ['Key', 'Name'] }, scope)).toThrow('does not know what Key.Name is');
  });
});
