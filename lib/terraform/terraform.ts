import type { Children, Ended } from './children';

/** A Terraform to run commands with, and what ends them. */
export interface Terraform {
  readonly binary: string;
  readonly env: NodeJS.ProcessEnv;
  readonly children: Children;
}

/** What Terraform says is wrong. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail?: string;
  /** Of the resource or data source that it is about. */
  readonly address?: string;
  /** The words of the configuration that it is about. */
  readonly snippet?: { readonly code?: string };
}

/** Runs a command of Terraform's in a folder. */
export const runTerraform = ({ binary, env, children }: Terraform, cwd: string, args: readonly string[]) =>
  children.run(binary, args, { cwd, env });

/** The errors of a command that speaks to people. */
export function errorsOf({ stdout, stderr }: Ended): Diagnostic[] {
  const text = stderr.replaceAll(/^[│╷╵]? ?/gm, '').trim();
  const errors = text.split(/^Error: /m).slice(1);
  if (errors.length === 0) return [{ severity: 'error', summary: lastLine(text) ?? lastLine(stdout) ?? 'it ended' }];
  return errors.map((error) => {
    const [summary = '', ...detail] = error.split('\n');
    return { severity: 'error', summary, detail: detail.join('\n').trim() };
  });
}

const lastLine = (text: string): string | undefined => text.trim().split('\n').at(-1) || undefined;

/** The errors of a command that speaks to programs, a JSON object a line. */
export function errorsInMessages({ stdout, stderr }: Ended): Diagnostic[] {
  const errors = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { readonly diagnostic?: Diagnostic })
    .flatMap(({ diagnostic }) => (diagnostic?.severity === 'error' ? [diagnostic] : []));
  return errors.length > 0 ? errors : errorsOf({ code: 1, stdout, stderr });
}
