import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import type { ConfigInput } from '../../lib/config/config';
import { deployersOf } from '../../lib/policies/deployers';
import { POLICY_FOLDERS, policyFiles } from '../../lib/report/policy-files';
import { loadReviewedConfig } from '../../lib/review/review';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { holds } from '../iam/a-request';
import { MANAGEMENT_ID } from '../support/a-config';
import { temporaryFolder } from '../support/temporary-folder';
import { WORKFLOWS } from '../workflows/workflow-files';
import { blocksOf, pageOf } from './pages';

const PAGE = pageOf('docs/pipelines.md');

interface Trust {
  readonly Principal: { readonly Federated: string; readonly AWS?: string };
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const [onDuty, github, gitlab, hcp] = blocksOf(PAGE, 'json').map((block) => JSON.parse(block).Statement[0] as Trust);

/** Whether a trust policy lets in a token with these claims. Keys of other issuers than AWS's get a name that lib/iam knows. */
function letsIn(trust: Trust | undefined, claims: Readonly<Record<string, string>>): boolean {
  if (!trust) throw new Error('docs/pipelines.md has not three trust policies');
  const issuer = trust.Principal.Federated.split('oidc-provider/')[1];
  const condition = JSON.parse(JSON.stringify(trust.Condition).replaceAll(`"${issuer}:`, '"token:'));
  expect(trust).toMatchObject({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity' });
  return holds(
    condition,
    Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`token:${claim}`, value])),
  );
}

describe('the role on duty', () => {
  const root = `arn:aws:iam::${MANAGEMENT_ID}:root`;

  test('is for people of the management account who have shown MFA, and no others', () => {
    const letsInWith = (context: Readonly<Record<string, string>>) => holds(onDuty?.Condition ?? {}, context);
    expect(onDuty).toMatchObject({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: root } });
    expect(letsInWith({ 'aws:MultiFactorAuthPresent': 'true' })).toBe(true);
    expect(letsInWith({ 'aws:MultiFactorAuthPresent': 'false' })).toBe(false);
    expect(letsInWith({})).toBe(false);
  });

  test('is trusted by deploy roles beside the pipeline role, and has the same policy', () => {
    const [commands = ''] = blocksOf(PAGE, 'sh').filter((block) => block.includes('--trust'));
    const made = [...commands.matchAll(/create-role --role-name (\S+)/g)].map(([, name]) => name);
    const [, trusted = ''] = /--trust ([^\n]+)/.exec(commands) ?? [];
    expect(made).toEqual(['BackupPipeline', 'BackupOnDuty']);
    expect(trusted.split(' ')).toEqual(made.map((name) => `arn:aws:iam::${MANAGEMENT_ID}:role/${name}`));
    expect(commands).toMatch(/for role in BackupPipeline BackupOnDuty; do\n.* put-role-policy --role-name "\$role" /);
    expect(spawnSync('bash', ['-n'], { input: commands }).status).toBe(0);
  });
});

test('the page and the threat model say which jobs run code of main before anybody approves', () => {
  const unapproved = WORKFLOWS.filter(({ workflow }) =>
    Object.values(workflow.jobs).some(({ environment }) => environment === 'drift'),
  ).map(({ file }) => file);
  const [, section = ''] = /### What approvals are worth\n([\s\S]*?)\n###? /.exec(PAGE) ?? [];
  const named = [...section.matchAll(/\[([\w-]+\.yml)\]/g)].map(([, file]) => file);
  expect(unapproved).toEqual(['deploy.yml', 'drift.yml']);
  expect(named).toEqual(unapproved);
  const threats = pageOf('docs/threat-model.md').replaceAll(/\s+/g, ' ');
  for (const text of [section.replaceAll(/\s+/g, ' '), threats])
    expect(text).toMatch(/Approvals show what changes; they hold back nobody who can merge/);
});

describe('what the config has to say before the first synth', () => {
  const [block = ''] = blocksOf(PAGE, 'yaml');
  const said = parse(block) as ConfigInput;
  const file = join(temporaryFolder(), 'backup.yaml');
  const withIt = parseDocument(readFileSync('backup.yaml', 'utf8'));
  for (const key of ['deployRole', 'state'] as const) withIt.set(key, said[key]);
  for (const role of ['destinations', 'sources'] as const)
    for (const [name, { administrators }] of Object.entries(said[role]))
      withIt.setIn([role, name, 'administrators'], administrators);
  writeFileSync(file, withIt.toString());
  const topology = resolveTopology(loadReviewedConfig(file).config);

  test('is accepted, and gives each account a deploy role with the least that it needs', () => {
    const { roles } = deployersOf(topology);
    const files = policyFiles(topology).map(({ path }) => path);
    expect(roles.map(({ arn }) => arn.split('/').at(-1))).toEqual(roles.map(() => said.deployRole));
    for (const { accountId } of roles) expect(files).toContain(`deploy-policies/${accountId}-${said.deployRole}.json`);
    expect(topology.state.backend).toBe('s3');
  });

  test('names in every account who may change the deploy role under guardrails', () => {
    for (const { accountId, exemptions } of [...topology.destinations, ...topology.sources])
      expect(exemptions.deployers).toContain(`arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`);
    expect(topology.guardrails?.deployers).toContain('arn:aws:iam::*:role/OrganizationAccountAccessRole');
  });
});

describe('the trust policy for GitHub', () => {
  const aud = 'sts.amazonaws.com';
  const repository = 'repo:acme@123456/backup@456789';
  const environments = WORKFLOWS.flatMap(({ workflow }) =>
    Object.values(workflow.jobs).map(({ environment, with: given }) => environment ?? given?.environment),
  ).filter((name): name is string => typeof name === 'string' && !name.includes('${{'));

  test.each([...new Set(environments)])('lets in jobs of the environment %s', (environment) => {
    expect(letsIn(github, { aud, sub: `${repository}:environment:${environment}` })).toBe(true);
    expect(PAGE).toContain(`\`${environment}\``);
  });

  test('names no environment that no workflow has', () => {
    const subjects = github?.Condition.StringEquals?.['token.actions.githubusercontent.com:sub'] ?? [];
    expect(subjects).toHaveLength(new Set(environments).size);
    expect(environments.length).toBeGreaterThan(5);
  });

  test.each([
    [{ aud, sub: `${repository}:pull_request` }],
    [{ aud, sub: `${repository}:ref:refs/heads/main` }],
    [{ aud, sub: `${repository}:environment:other` }],
    [{ aud, sub: 'repo:acme@123456/backup@1:environment:sources' }],
    [{ aud, sub: 'repo:mallory@1/backup@456789:environment:sources' }],
    [{ aud: 'another', sub: `${repository}:environment:sources` }],
  ])('keeps out %j', (claims) => expect(letsIn(github, claims)).toBe(false));
});

test('the trust policy for GitLab lets in jobs of main, and no others', () => {
  const aud = 'https://gitlab.com';
  const sub = 'project_path:acme/backup:ref_type:branch:ref:';
  expect(letsIn(gitlab, { aud, sub: `${sub}main` })).toBe(true);
  expect(letsIn(gitlab, { aud, sub: `${sub}feature` })).toBe(false);
  expect(letsIn(gitlab, { aud, sub: 'project_path:mallory/backup:ref_type:branch:ref:main' })).toBe(false);
});

test('the trust policy for HCP Terraform lets in runs of the workspaces of the project, and no others', () => {
  const aud = 'aws.workload.identity';
  const sub = (project: string, workspace: string) =>
    `organization:acme:project:${project}:workspace:${workspace}:run_phase:apply`;
  expect(letsIn(hcp, { aud, sub: sub('backup', 'backup-source-production-us-east-1') })).toBe(true);
  expect(letsIn(hcp, { aud, sub: sub('other', 'backup-management') })).toBe(false);
  expect(letsIn(hcp, { aud, sub: sub('backup', 'of-others') })).toBe(false);
});

test('the page names the folder of the policies as synth does', () => {
  expect(POLICY_FOLDERS.filter((folder) => PAGE.includes(`cdktf.out/${folder}`))).toEqual(['deploy-policies']);
});
