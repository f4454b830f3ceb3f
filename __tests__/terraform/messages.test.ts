import { errorsInMessages, errorsOf } from '../../lib/terraform/terraform';

describe('what Terraform says is wrong', () => {
  test('is read from what it tells people, each error with its detail', () => {
    const stderr = `
Warning: Something to know

Error: Failed to get existing workspaces: S3 bucket "states" does not exist.

The referenced S3 bucket must have been previously created.

Error: Another
`;
    expect(errorsOf({ code: 1, stdout: '', stderr })).toEqual([
      {
        severity: 'error',
        summary: 'Failed to get existing workspaces: S3 bucket "states" does not exist.',
        detail: 'The referenced S3 bucket must have been previously created.',
      },
      { severity: 'error', summary: 'Another', detail: '' },
    ]);
  });

  test('is read from what it tells programs, without warnings and what else it tells', () => {
    const line = (severity: string, summary: string) =>
      JSON.stringify({ type: 'diagnostic', diagnostic: { severity, summary } });
    const stdout = ['not JSON', '{"type":"version"}', line('warning', 'Old'), line('error', 'Broken'), ''].join('\n');
    expect(errorsInMessages({ code: 1, stdout, stderr: '' })).toEqual([{ severity: 'error', summary: 'Broken' }]);
  });

  test('is its last word where it told of no error', () => {
    expect(errorsInMessages({ code: 1, stdout: '', stderr: 'one\nfatal error: out of memory\n' })).toEqual([
      { severity: 'error', summary: 'fatal error: out of memory' },
    ]);
  });
});
