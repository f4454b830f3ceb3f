import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder';
import { workflowOf } from './workflow-files';

const folder = temporaryFolder();

/** Notes each call, and answers lists with what the test says is there; the jq of a call is asked as `gh` would. */
const FAKE_GH = `#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$CALLS"
for argument in "$@"; do if [[ $argument == body=@* ]]; then cp "\${argument#body=@}" "$SENT"; fi; done
if [[ $* == *--jq* ]]; then jq -r "\${@: -1}" <<< "$THERE"; fi
`;
const FAKE_NPM = `#!/usr/bin/env bash
command=$*
printf '%s\\n' "npm $*" >> "$CALLS"
if [[ $* == *synth*--json* ]]; then printf '%s' "$STACKS"; fi
while (($#)); do case "$1" in --markdown | --issue) if [ -z "$MUTE" ]; then echo "**$1**" > "$2"; fi ;; esac; shift; done
if [[ $command == *drift* ]]; then exit "$DRIFT"; fi
`;
const FAKE_NPX = `#!/usr/bin/env bash
printf '%s\\n' "npx $*" >> "$CALLS"
`;

type Texts = Readonly<Record<string, string>>;

/** Runs the script of a step as GitHub does, with these tools in the place of the real ones. */
export function runStep(file: string, job: string, name: string, env: Texts, files: Texts = {}) {
  const step = workflowOf(file).jobs[job]?.steps?.find((one) => one.name === name);
  if (!step?.run) throw new Error(`no step ${name} in ${file}`);
  return runScript(step.run, env, files);
}

/** Runs a script in a folder that holds these files and nothing else. */
export function runScript(script: string, env: Texts, files: Texts = {}) {
  const home = join(folder, String(Math.random()));
  const at = (what: string) => join(home, what);
  const tools = { gh: FAKE_GH, npm: FAKE_NPM, npx: FAKE_NPX };
  for (const [path, text] of Object.entries({ ...tools, ...files })) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  }
  for (const tool of Object.keys(tools)) chmodSync(at(tool), 0o755);
  const written = {
    CALLS: at('calls'),
    SENT: at('sent'),
    GITHUB_OUTPUT: at('output'),
    GITHUB_STEP_SUMMARY: at('summary'),
  };
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    encoding: 'utf8',
    cwd: home,
    env: {
      PATH: `${home}${delimiter}${process.env.PATH}`,
      RUNNER_TEMP: home,
      DRIFT: '0',
      MUTE: '',
      ...written,
      ...env,
    },
  });
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const calls = read(written.CALLS).replaceAll(home, 'TEMP').trim().split('\n');
  return {
    status,
    stdout,
    stderr,
    calls,
    sent: read(written.SENT),
    output: read(written.GITHUB_OUTPUT),
    page: read(written.GITHUB_STEP_SUMMARY),
  };
}
