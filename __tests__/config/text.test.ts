import { A_YAML } from '../support/a-yaml';
import { anOperator, type Edit, edited } from '../support/operator';

const toldOf = anOperator();

describe('the text of a config file', () => {
  test('fails when it is not UTF-8', () => {
    const latin1 = Buffer.from(A_YAML.replace('owner: platform', 'owner: café'), 'latin1');
    expect(toldOf(latin1).problems).toEqual([
      '1:1 is not UTF-8 text: set BACKUP_CONFIG to a YAML file that can be read',
    ]);
  });

  test('may have letters of any language, in UTF-8', () => {
    expect(toldOf(edited(['owner: platform', 'owner: café 東京'])).problems).toEqual([]);
  });

  test('tells at each place that Terraform would read an expression there', () => {
    expect(toldOf(edited(['owner: platform', '"%{a}": "${b}"'])).problems).toEqual([
      '6:9 tags."%{a}" must not hold ${ or %{, got "%{a}": Terraform would read it as an expression',
      '6:17 tags."%{a}" must not hold ${ or %{, got "${b}": Terraform would read it as an expression',
    ]);
  });

  test('tells of an expression beside what is wrong with its shape', () => {
    expect(toldOf(edited(['owner: platform', 'owner: "${b}"'], ['prefix: cab', 'prefix: c'])).problems).toEqual([
      '4:9 prefix must be 2 to 20 letters, digits and -, and start with a letter, got "c"',
      '6:16 tags.owner must not hold ${ or %{, got "${b}": Terraform would read it as an expression',
    ]);
  });

  test.each([
    ['__proto__: 1', '48:1'],
    ['"__proto__": 1', '48:1'],
    ['? __proto__\n: 1', '48:3'],
  ])('fails when a key is %p', (pair, place) => {
    expect(toldOf(`${A_YAML}${pair}\n`).problems).toEqual([
      `${place} must be valid YAML: no key may be called __proto__`,
    ]);
  });

  test('keeps a problem on one line though its value has more', () => {
    expect(toldOf(edited(['name: any,', 'name: "a\\nb",'])).problems).toEqual([
      '47:17 plans.weekly.selections[0].name must be a name of 1 to 50 letters, digits, -, _ and ., got "a\\nb"',
    ]);
  });
});

describe('names that are words of JavaScript', () => {
  test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf'])(
    'are no tag keys to stumble over: %s',
    (word) => {
      expect(toldOf(edited(['tags: { owner: platform }', `tags: { ${word}: platform }`]))).toEqual({
        problems: [],
        warnings: [],
      });
    },
  );

  test.each(['constructor', 'valueOf', 'hasOwnProperty'])('are no names of sources: %s', (word) => {
    expect(toldOf(edited(['  production:', `  ${word}:`])).problems).toEqual([
      `21:3 sources.${word} must not be a word of JavaScript, such as constructor, got "${word}"`,
    ]);
  });
});

const OTHER_PARTITION: readonly (readonly [string, Edit])[] = [
  ['a key of a vault', ['arn:aws:kms:eu-west-1', 'arn:aws-cn:kms:eu-west-1']],
  [
    'a key of resources',
    [
      'names: { vault: old-vault }',
      'resourceKeys: ["arn:aws-cn:kms:us-east-1:111111111111:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"]',
    ],
  ],
  [
    'a vault outside, whose Region is of another one',
    ['to: archive/eu-west-2', 'to: "arn:aws:backup:cn-north-1:444444444444:backup-vault:copies"'],
  ],
];

describe('ARNs whose partition is not that of their Region', () => {
  test.each(OTHER_PARTITION)('are refused: %s', (_, edit) => {
    expect(toldOf(edited(edit)).problems).toHaveLength(1);
  });
});

describe('a role name that is taken', () => {
  test('is told as it was written', () => {
    const role: Edit = ['names: { vault: old-vault }', 'names: { restoreRole: OrganizationAccountAccessRole }'];
    expect(toldOf(edited(role)).problems).toEqual([
      '25:67 sources.production.regions.us-east-1.names.restoreRole must be another name than that of the deploy role, got "OrganizationAccountAccessRole"',
    ]);
  });
});
