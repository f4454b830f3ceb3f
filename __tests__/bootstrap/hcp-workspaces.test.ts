import { hcpChains } from '../../lib/bootstrap/hcp-workspaces';
import type { Row } from '../../lib/bootstrap/step';
import { takeSteps } from '../../lib/bootstrap/take-steps';
import { HcpClient, hcpToken } from '../../lib/live/hcp-client';
import { resolveTopology } from '../../lib/topology/resolve-topology';
import { aConfig } from '../support/a-config';
import { FakeHcp } from './fake-hcp';

const STATE = {
  backend: 'hcp',
  organization: 'acme',
  project: 'backup',
  workspacePrefix: 'b-',
  runTriggers: false,
  healthAssessments: false,
} as const;
const TOPOLOGY = resolveTopology(aConfig({ state: STATE }));
const MANAGEMENT = 'b-management';
const DESTINATION = 'b-destination-vault-eu-west-1';
const SOURCE = 'b-source-production-us-east-1';

describe('workspaces of HCP Terraform', () => {
  let hcp: FakeHcp;
  let url: string;
  beforeEach(async () => {
    hcp = new FakeHcp('secret');
    url = await hcp.start();
  });
  afterEach(() => hcp.stop());

  const run = async (
    isDryRun = false,
    { state = STATE, token = 'secret' }: { state?: object; token?: string } = {},
  ) => {
    const chains = hcpChains(new HcpClient({ url, token }), { ...STATE, ...state }, TOPOLOGY);
    const rows: Row[] = [];
    for (const some of [chains.project, chains.workspaces, chains.sharing])
      rows.push(...(await takeSteps(some, { isDryRun, onRow: () => {} })));
    return rows;
  };
  const resultsOf = (rows: readonly Row[]) => rows.map(({ what, where, result }) => `${what} ${where.name}: ${result}`);

  test('are made with their tags, and share their states with the stacks that read them, and no other', async () => {
    const rows = await run();

    expect(new Set(rows.map(({ result }) => result))).toEqual(new Set(['done']));
    const named = (name: string) => hcp.workspaces.get(name);
    expect(named(SOURCE)).toMatchObject({
      project: 'prj-backup',
      tags: ['cross-account-backup', 'role:source', 'account:111111111111', 'region:us-east-1'],
      consumers: [],
    });
    expect(named(MANAGEMENT)?.consumers).toEqual([named(DESTINATION)?.id, named(SOURCE)?.id]);
    expect(named(DESTINATION)?.consumers).toEqual([named(SOURCE)?.id]);
  });

  test('stay as they are when they are all right', async () => {
    await run();
    hcp.writes.length = 0;

    expect(new Set((await run()).map(({ result }) => result))).toEqual(new Set(['already']));
    expect(hcp.writes).toEqual([]);
  });

  test('are completed where some are there, and keep what else they have', async () => {
    hcp.projects.push('backup', 'backup-of-others');
    hcp.make(MANAGEMENT, { isGlobal: true, tags: ['theirs', 'cross-account-backup'] });
    const other = hcp.make('other');
    hcp.make(DESTINATION, { consumers: [other.id] });

    const rows = await run();

    expect(resultsOf(rows)).toEqual([
      'project backup: already',
      `workspace ${MANAGEMENT}: already`,
      `workspace tags ${MANAGEMENT}: done`,
      `workspace ${DESTINATION}: already`,
      `workspace tags ${DESTINATION}: done`,
      `workspace ${SOURCE}: done`,
      `workspace tags ${SOURCE}: done`,
      `state sharing ${MANAGEMENT}: already`,
      `state sharing ${DESTINATION}: done`,
    ]);
    expect(hcp.workspaces.get(MANAGEMENT)?.tags.slice(0, 2)).toEqual(['theirs', 'cross-account-backup']);
    expect(hcp.workspaces.get(DESTINATION)?.consumers).toEqual([other.id, hcp.workspaces.get(SOURCE)?.id]);
  });

  test('are only looked for in a dry run, which names what it would send', async () => {
    const rows = await run(true);

    expect(hcp.writes).toEqual([]);
    expect(
      rows.flatMap(({ calls }) => calls).map(({ operation, parameters }) => ({ operation, ...parameters })),
    ).toEqual(
      expect.arrayContaining([
        { operation: 'POST /organizations/acme/projects', name: 'backup' },
        { operation: 'POST /organizations/acme/workspaces', name: SOURCE, project: 'backup' },
        {
          operation: `POST /workspaces/${MANAGEMENT}/relationships/remote-state-consumers`,
          workspaces: [DESTINATION, SOURCE],
        },
      ]),
    );
  });

  const ASKED = { runTriggers: true, healthAssessments: true };

  test('plan again after what they read, and are assessed, where the config asks for it', async () => {
    await run();
    expect(hcp.workspaces.get(SOURCE)).toMatchObject({ triggers: [], isAssessed: false });

    const rows = await run(false, { state: ASKED });

    const named = (name: string) => hcp.workspaces.get(name);
    expect(named(SOURCE)).toMatchObject({
      triggers: [named(MANAGEMENT)?.id, named(DESTINATION)?.id],
      isAssessed: true,
    });
    expect(named(DESTINATION)?.triggers).toEqual([named(MANAGEMENT)?.id]);
    expect(named(MANAGEMENT)).toMatchObject({ triggers: [], isAssessed: true });
    expect(resultsOf(rows).filter((row) => /run triggers|health/.test(row))).toEqual([
      `health assessments ${MANAGEMENT}: done`,
      `health assessments ${DESTINATION}: done`,
      `health assessments ${SOURCE}: done`,
      `run triggers ${DESTINATION}: done`,
      `run triggers ${SOURCE}: done`,
    ]);
    hcp.writes.length = 0;
    expect(new Set((await run(false, { state: ASKED })).map(({ result }) => result))).toEqual(new Set(['already']));
    expect(hcp.writes).toEqual([]);
  });

  test('name their run triggers in a dry run, where none of them is there yet', async () => {
    const rows = await run(true, { state: ASKED });
    const calls = rows.flatMap(({ calls }) => calls).map(({ operation, parameters }) => ({ operation, ...parameters }));
    expect(calls).toContainEqual({ operation: `POST /workspaces/${SOURCE}/run-triggers`, sourceable: DESTINATION });
    expect(calls).toContainEqual({ operation: `PATCH /workspaces/${SOURCE}`, 'assessments-enabled': true });
    expect(hcp.writes).toEqual([]);
  });

  test('are not called shared with one that could not be made, nor run after it', async () => {
    hcp.refused = DESTINATION;
    const failed = (await run(false, { state: ASKED })).filter(({ result }) => result === 'failed');

    const lacking = `there are no workspaces of these names, for they could not be made: ${DESTINATION}`;
    expect(failed.map(({ what, where, reason }) => [`${what} ${where.name}`, reason])).toEqual([
      [`workspace ${DESTINATION}`, 'POST /organizations/acme/workspaces: 422 name is taken'],
      [`state sharing ${MANAGEMENT}`, lacking],
      [`state sharing ${DESTINATION}`, expect.stringContaining('not found')],
      [`run triggers ${DESTINATION}`, expect.stringContaining('not found')],
      [`run triggers ${SOURCE}`, lacking],
    ]);
  });

  test('wait while HCP Terraform is busy', async () => {
    hcp.isBusy = true;
    expect((await run()).map(({ result }) => result)).not.toContain('failed');
  });

  test('fail in the words of HCP Terraform', async () => {
    const [first] = await run(false, { token: 'wrong' });
    expect(first?.reason).toMatch(/^GET \/organizations\/acme\/projects\S*: 401 unauthorized$/);
    const [project, workspace] = await run(false, { state: { organization: 'other' } });
    expect(project?.reason).toBe('POST /organizations/other/projects: not found, or the token may not do it');
    expect(workspace?.reason).toMatch(/^there is no project \S+ to make it in$/);
  });
});

describe('hcpToken', () => {
  test.each([
    ['app.terraform.io', { TF_TOKEN_app_terraform_io: 'one', TFE_TOKEN: 'two' }, 'one'],
    ['app.terraform.io', { TFE_TOKEN: 'two' }, 'two'],
    ['tfe.my-company.example', { TF_TOKEN_tfe_my__company_example: 'three' }, 'three'],
  ])('of %s is %j: %s', (host, env, token) => expect(hcpToken(host, env)).toBe(token));

  test('fails when the environment has none, and names the variables', () => {
    expect(() => hcpToken('app.terraform.io', {})).toThrow(
      'there is no token for app.terraform.io: set TF_TOKEN_app_terraform_io or TFE_TOKEN',
    );
  });
});
