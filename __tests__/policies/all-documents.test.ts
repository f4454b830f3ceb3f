import { loadReviewedConfig } from '../../lib/review/review';
import { CONFIG_FILES } from '../support/config-files';
import { documentsOf } from '../support/policy-documents';
import { synthesize } from '../support/synthesize';

describe.each(CONFIG_FILES)('policy documents of %s', (file) => {
  const documents = documentsOf(synthesize(loadReviewedConfig(file).config));
  const statements = documents.flatMap(({ type, statements }) =>
    statements.map((statement) => ({ type, ...statement })),
  );

  test('are there', () => expect(documents.length).toBeGreaterThan(5));

  test('never let everybody in without a condition', () => {
    const open = statements.filter(({ Effect, Principal, Condition }) => {
      const isEverybody = Principal === '*' || JSON.stringify(Principal ?? '').includes('"*"');
      return Effect === 'Allow' && isEverybody && Object.keys(Condition ?? {}).length === 0;
    });
    expect(open).toEqual([]);
  });

  test('let other accounts do nothing to a vault but copy in', () => {
    const actions = statements
      .filter(({ type, Effect }) => type === 'aws_backup_vault_policy' && Effect === 'Allow')
      .map(({ Action }) => Action);
    expect(new Set(actions)).toEqual(new Set(['backup:CopyIntoBackupVault']));
  });

  test('let other accounts grant on a key only for AWS services', () => {
    const grants = statements.filter(
      ({ Effect, Action }) => Effect === 'Allow' && [Action].flat().includes('kms:CreateGrant'),
    );
    expect(grants.length).toBeGreaterThan(0);
    expect(grants.filter(({ Condition }) => Condition?.Bool?.['kms:GrantIsForAWSResource'] !== 'true')).toEqual([]);
  });

  test('let AWS Backup take a role for its own account only', () => {
    const trusts = statements.filter(({ type, Sid }) => type === 'aws_iam_role' && Sid !== 'AllowGuardDutyToAssume');
    expect(trusts.length).toBeGreaterThan(0);
    expect(trusts.filter(({ Condition }) => !Condition?.StringEquals?.['aws:SourceAccount'])).toEqual([]);
  });

  test('let services alone take a role: AWS Backup, and GuardDuty where a plan scans', () => {
    const taken = statements
      .filter(({ type }) => type === 'aws_iam_role')
      .map(({ Sid, Principal }) => [Sid, Principal]);
    const guardDuty = ['AllowGuardDutyToAssume', { Service: 'malware-protection.guardduty.amazonaws.com' }];
    const others = taken.filter((one) => JSON.stringify(one) !== JSON.stringify(guardDuty));
    expect(new Set(others.map(([, principal]) => JSON.stringify(principal)))).toEqual(
      new Set(['{"Service":"backup.amazonaws.com"}']),
    );
  });

  test.each([
    ['vault', 'aws_backup_vault_policy', ['DenyTampering', 'DenyCopyingElsewhere']],
    ['key', 'aws_kms_key', ['DenyTampering', 'DenyGrantsByUsers']],
  ])('protect every %s', (_, type, denies) => {
    const ofType = documents.filter((document) => document.type === type);
    const sids = ofType.map(({ statements }) =>
      statements.filter(({ Effect }) => Effect === 'Deny').map(({ Sid }) => Sid),
    );
    expect(ofType).not.toEqual([]);
    expect(sids).toEqual(ofType.map(() => denies));
  });

  test('only deny where the organization itself speaks', () => {
    const ofOrganization = statements.filter(({ type }) => type === 'aws_organizations_policy');
    expect(ofOrganization).not.toEqual([]);
    expect(ofOrganization.filter(({ Effect, Principal }) => Effect !== 'Deny' || Principal !== undefined)).toEqual([]);
  });

  test('have sids that are sentences, each once', () => {
    for (const { statements } of documents) {
      const sids = statements.map(({ Sid }) => Sid);
      expect(new Set(sids).size).toBe(sids.length);
      for (const sid of sids) expect(sid).toMatch(/^(Allow|Deny)[A-Z0-9][A-Za-z0-9]+$/);
    }
  });
});
