import { proposeConfig } from '../../lib/adopt/propose-config';

const ofVault = ['destinations', 'vault', 'regions', 'eu-west-1'];
const named = (value: string) => ({ path: [...ofVault, 'names', 'vault'], value, why: 'plans copy to it' });

describe('proposeConfig', () => {
  test('keeps comments and order, and makes a map of listed Regions', () => {
    const text = `# ours
destinations:
  vault: # the backup account
    regions: [eu-west-1, eu-central-1]
    accountId: "222222222222"
plans: [a,  b]
rules: [{a: 1}]
# the end
`;
    expect(proposeConfig(text, [named('central')])).toEqual({
      text: `# ours
destinations:
  vault:
    # the backup account
    regions: { eu-west-1: { names: { vault: central } }, eu-central-1: {} }
    accountId: "222222222222"
plans: [ a, b ]
rules: [{a: 1}]

# the end
`,
      choices: [],
    });
  });

  test('keeps comments of a list of Regions that goes over lines', () => {
    const text = `destinations:
  vault:
    regions:
      # near
      - eu-west-1
      - eu-central-1 # far
`;
    expect(proposeConfig(text, [named('central')]).text).toBe(`destinations:
  vault:
    regions:
      # near
      eu-west-1:
        names:
          vault: central
      eu-central-1: # far
        {}
`);
  });

  test('adds to a Region without settings, and leaves what it says besides', () => {
    const text = 'destinations: { vault: { regions: { eu-west-1: , eu-central-1: { keyArn: a } } } }\n';
    expect(proposeConfig(text, [named('central')]).text).toBe(
      'destinations: { vault: { regions: { eu-west-1: { names: { vault: central } }, eu-central-1: { keyArn: a } } } }\n',
    );
  });

  test('writes JSON where the config is JSON', () => {
    const config = { destinations: { vault: { regions: ['eu-west-1'] } } };
    expect(JSON.parse(proposeConfig(JSON.stringify(config), [named('central')]).text)).toEqual({
      destinations: { vault: { regions: { 'eu-west-1': { names: { vault: 'central' } } } } },
    });
  });

  test.each([
    ['an alias', 'one: &one { eu-west-1: {} }\ndestinations: { vault: { regions: *one } }\n'],
    ['an anchor', 'destinations: { vault: { regions: &one { eu-west-1: {} } }, other: { regions: *one } }\n'],
    [
      'a merge',
      'one: &one { lock: { mode: none } }\ndestinations: { vault: { regions: { eu-west-1: { <<: *one } } } }\n',
    ],
  ])('leaves to the operator what %s shares with another place', (_, text) => {
    const { text: proposed, choices } = proposeConfig(text, [named('central')]);
    expect(proposed).toBe(text);
    expect(choices).toEqual([
      {
        where: 'vault/eu-west-1',
        what: 'vault',
        why: 'plans copy to it, and its place in the file is shared with others by an anchor: write destinations.vault.regions.eu-west-1.names.vault: "central" yourself',
        candidates: [],
      },
    ]);
  });
});
