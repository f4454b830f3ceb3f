import type { Audited } from '../../lib/audit/audit';
import { exitCodeOf } from '../../lib/audit/exit-code';
import { error, type Finding, warning } from '../../lib/audit/finding';
import { renderAudit } from '../../lib/audit/render-audit';

const AUDITED: Audited = { by: 'arn:me', accounts: 1000, places: 4000, checks: 25_000, findings: [] };
const inAccount = (number: number, region = 'us-east-1') => {
  const accountId = String(100_000_000_000 + number);
  return { name: `member-${number}`, accountId, region };
};
const noRole = (number: number, region = 'us-east-1'): Finding => {
  const where = inAccount(number, region);
  const arn = `arn:aws:iam::${where.accountId}:role/cab-backup-${region}-org`;
  return { ...error('backup role', 'not there', arn, `make it in ${region}`), check: 'roles', where };
};
const rotation = (number: number): Finding => ({
  ...warning('rotation of the key', 'off', 'on', 'deploy'),
  check: 'keys',
  where: inAccount(number),
});

describe('renderAudit', () => {
  test('is a line where nothing was found', () => {
    expect(renderAudit(AUDITED)).toBe(
      '0 errors, 0 warnings in 25000 checks in 1000 accounts and 4000 account-Regions, as arn:me.',
    );
  });

  test('tells errors before warnings, and the same in a thousand accounts once', () => {
    const findings = [
      rotation(1),
      ...Array.from({ length: 1000 }, (_, number) => noRole(number)),
      noRole(7, 'eu-west-1'),
    ];
    const text = renderAudit({ ...AUDITED, findings });
    expect(text.split('\n').length).toBeLessThan(20);
    expect(text).toMatch(
      /^1 error +backup role +member-0 100000000000 us-east-1 +not there +arn:aws:iam::<account>:role\/cab-backup-<region>-org$/m,
    );
    expect(text).toContain('and 995 more');
    expect(text).toMatch(/^2 warning +rotation of the key +member-1 100000000001 us-east-1 +off +on$/m);
    expect(text).toContain('1: make it in <region>\n2: deploy\n');
    expect(text).toMatch(/\n1001 errors, 1 warning in 25000 checks/);
  });

  test('tells a single place in its own words, and breaks long texts at spaces', () => {
    const where = inAccount(3);
    const long = {
      ...error('policy', `lacks ${'Statement '.repeat(9).trim()}`, 'all', 'deploy'),
      check: 'vaults',
      where,
    };
    const text = renderAudit({ ...AUDITED, findings: [noRole(3), long] });
    expect(text).toContain('arn:aws:iam::100000000003:role/cab-backup-us-east-1-org');
    expect(text).toContain('1: make it in us-east-1\n');
    const found = text.split('\n').filter((line) => line.includes('Statement'));
    expect(found.length).toBe(3);
    expect(
      Math.max(...found.map((line) => line.match(/(?:lacks )?(?:Statement ?)+/)?.[0].trim().length ?? 0)),
    ).toBeLessThanOrEqual(44);
  });
});

describe('exitCodeOf', () => {
  test.each([
    ['nothing', [], 0, 0],
    ['a warning', [rotation(1)], 0, 1],
    ['an error', [rotation(1), noRole(1)], 1, 1],
  ])('of %s', (_, findings, usual, strict) => {
    expect([exitCodeOf({ findings }, false), exitCodeOf({ findings }, true)]).toEqual([usual, strict]);
  });
});
