import { failureOf } from '../../lib/drift/failure';
import type { Diagnostic } from '../../lib/terraform/terraform';
import type { Site } from '../../lib/topology/topology';

const SITE: Site = {
  role: 'source',
  name: 'production',
  stackName: 'source-production-us-east-1',
  providerAlias: 'source-production-us-east-1',
  accountId: '111111111111',
  region: 'us-east-1',
  partition: 'aws',
  deployRoleArn: 'arn:aws:iam::111111111111:role/deploy',
};
const STACKS = ['management', 'destination-vault-eu-west-1', 'destination-vault-eu-west-10', SITE.stackName];
const error = (summary: string, detail = '', more: Partial<Diagnostic> = {}): Diagnostic => ({
  severity: 'error',
  summary,
  detail,
  ...more,
});
const reasonOf = (one: Diagnostic) => failureOf([one], SITE, STACKS);
const unapplied = (stack: string) =>
  error('Unable to find remote state', 'No stored state was found for the given workspace in the given backend.', {
    address: `data.terraform_remote_state.State-${stack}`,
  });

describe('why a stack has no plan', () => {
  test('is that it waits for those that were never applied', () => {
    expect(failureOf(['management', 'destination-vault-eu-west-10'].map(unapplied), SITE, STACKS)).toEqual({
      is: 'waiting',
      waitsFor: ['management', 'destination-vault-eu-west-10'],
    });
  });

  test('is that it waits for one that has not put out all that it will', () => {
    const code = '${data.terraform_remote_state.State-destination-vault-eu-west-1.outputs.vault_arn}';
    expect(reasonOf(error('Unsupported attribute', 'no attribute named "vault_arn"', { snippet: { code } }))).toEqual({
      is: 'waiting',
      waitsFor: ['destination-vault-eu-west-1'],
    });
  });

  test('is an error where it would wait, and something else is wrong too', () => {
    expect(failureOf([unapplied('management'), error('Invalid provider')], SITE, STACKS)).toEqual({
      is: 'failed',
      reason: 'Invalid provider',
    });
  });

  test.each([
    [
      'Cannot assume IAM Role',
      'operation error STS: AssumeRole, AccessDenied',
      /^account 111111111111 cannot be entered: arn:aws:iam::111111111111:role\/deploy is not there, or does not trust/,
    ],
    [
      'Cannot assume IAM Role',
      'ExpiredToken: The security token is expired',
      /^the credentials have expired .*sign in/,
    ],
    ['No valid credential sources found', '', /^there are no credentials of AWS: No valid/],
    ['AWS account ID not allowed: 222222222222', '', /^these credentials are not of account 111111111111: AWS/],
    ['reading Backup Vault', 'ThrottlingException: Rate exceeded', /^AWS asks for fewer requests: run again later/],
    [
      'reading KMS Key',
      'User is not authorized to perform: kms:DescribeKey',
      /^a permission is missing in account 1{12}/,
    ],
    ['Something\n else', 'in  lines', /^Something else: in lines$/],
    ['Long', 'x'.repeat(1_000), /^Long: x{394} …$/],
  ])('is told of %s: %s', (summary, detail, reason) => {
    expect(reasonOf(error(summary, detail))).toEqual({ is: 'failed', reason: expect.stringMatching(reason) });
  });
});
