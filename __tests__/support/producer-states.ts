import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { References } from '../../lib/proof/references';
import type { StackFile } from '../../lib/proof/synthesized';
import type { Topology } from '../../lib/topology/topology';
import type { StackJson, Synthesized } from './synthesize';

/** ARNs that AWS would tell after an apply, as a plan of what reads them needs them: of the right form and place. */
const ARNS: Readonly<Record<string, (resource: Readonly<Record<string, unknown>>) => string>> = {
  aws_backup_logically_air_gapped_vault: ({ name }) => `backup:REGION:ACCOUNT:backup-vault:${name}`,
  aws_backup_plan: ({ name }) => `backup:REGION:ACCOUNT:backup-plan:${name}`,
  aws_backup_vault: ({ name }) => `backup:REGION:ACCOUNT:backup-vault:${name}`,
  aws_iam_role: ({ name }) => `iam::ACCOUNT:role/${name}`,
  aws_kms_key: () => 'kms:REGION:ACCOUNT:key/00000000-0000-4000-8000-000000000001',
};

/** The outputs that every stack would have once it is deployed. */
export function deployedOutputs({ stacks }: Synthesized, { organization, management }: Topology) {
  const computed = (stack: string, type: string, id: string, attribute: string) => {
    const json = stacks[stack];
    const resource = json?.resource[type]?.[id];
    const [{ region = '', allowed_account_ids: accountIds = [] } = {}] = json?.provider.aws ?? [];
    if (!resource || attribute !== 'arn' || !ARNS[type]) return undefined;
    const arn = ARNS[type](resource)
      .replace('REGION', `${region}`)
      .replace('ACCOUNT', `${[accountIds].flat()[0]}`);
    return `arn:${management.partition}:${arn}`;
  };
  const facts = {
    organizationId: organization.id,
    rootId: organization.rootId ?? 'r-root',
    managementAccountId: management.accountId,
  };
  const references = new References(stacks as Readonly<Record<string, StackFile>>, facts, computed);
  return (stack: string): Record<string, unknown> =>
    Object.fromEntries(Object.keys(stacks[stack]?.output ?? {}).map((name) => [name, references.output(stack, name)]));
}

/**
 * Writes a stack that keeps no state of its own, and reads those of other stacks from files beside it, which hold what
 * these would put out.
 */
export function writeReader(
  folder: string,
  json: StackJson,
  outputsOf: (stack: string) => Record<string, unknown>,
): void {
  const reader = structuredClone(json) as { terraform: Record<string, unknown>; data?: StackJson['data'] };
  delete reader.terraform.backend;
  delete reader.terraform.cloud;
  for (const [id, block] of Object.entries(reader.data?.terraform_remote_state ?? {})) {
    const producer = id.replace(/^State-/, '');
    const file = join(folder, `${producer}.tfstate`);
    writeFileSync(file, JSON.stringify(stateOf(outputsOf(producer))));
    Object.assign(block, { backend: 'local', config: { path: file } });
  }
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(reader));
}

const stateOf = (outputs: Readonly<Record<string, unknown>>) => ({
  version: 4,
  terraform_version: '1.9.0',
  serial: 1,
  lineage: 'tests',
  outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value, type: typeOf(value) }])),
  resources: [],
});

/** The type of a value as Terraform's states spell it. */
function typeOf(value: unknown): unknown {
  if (Array.isArray(value)) return ['tuple', value.map(typeOf)];
  if (typeof value !== 'object' || value === null) return typeof value === 'boolean' ? 'bool' : typeof value;
  return ['object', Object.fromEntries(Object.entries(value).map(([key, held]) => [key, typeOf(held)]))];
}
