import { anOperator, type Edit, edited } from '../support/operator';

const toldOf = anOperator();
const told = (...edits: Edit[]) => toldOf(edited(...edits));
const FIRST = 'names: { vault: old-vault }';
const byUnit: Edit = ['vaultAccess: accounts', 'vaultAccess: { ouPaths: [o-abc1234567/r-abc1/] }'];
const noUnit: Edit = ['    ouPath: o-abc1234567/r-abc1/ou-abc1-12345678/\n', ''];

describe('findWarnings', () => {
  test('tell that opt-ins do nothing where the settings of the Region are left', () => {
    expect(told([FIRST, 'regionSettings: leave, optIn: { EBS: true }']).warnings).toEqual([
      '25:68 sources.production.regions.us-east-1.optIn does nothing beside regionSettings: leave',
    ]);
    expect(told([FIRST, 'regionSettings: manage, optIn: { EBS: true }']).warnings).toEqual([]);
  });

  test('tell that types to scan do nothing where no rule scans', () => {
    const types: Edit = ['  weekly:\n', '  weekly:\n    scanTypes: [S3]\n'];
    const scan: Edit = ['name: weekly, schedule', 'name: weekly, scan: full, schedule'];
    expect(told(types).warnings).toEqual(['44:5 plans.weekly.scanTypes does nothing: no rule of the plan has scan']);
    expect(told(types, scan).warnings).toEqual([]);
  });

  test('tell that nothing says which unit a source is in', () => {
    expect(told(byUnit, noUnit).warnings).toEqual([
      '21:3 sources.production has no ouPath: nothing tells whether destination vault, which admits by organizational unit, admits it',
    ]);
    expect(told(byUnit).warnings).toEqual([]);
    expect(told(noUnit).warnings).toEqual([]);
  });
});
