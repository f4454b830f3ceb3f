import { loadReviewedConfig } from '../../lib/review/review';
import { CONFIG_FILES } from '../support/config-files';
import { accountOf, regionOf } from '../support/stack-json';
import { type StackJson, synthesize } from '../support/synthesize';
import type { Document } from './scenario';

/** A policy that our stacks deploy. */
export interface OurDocument {
  /** What has the policy: a key, a vault, a role to assume, a role that acts, accounts of the organization, or itself. */
  readonly of: 'key' | 'vault' | 'trust' | 'identity' | 'control' | 'organization';
  readonly accountId: string;
  readonly region: string;
  readonly document: Document;
}

/** The attributes that hold policies, as Terraform names them. */
const PLACES: Readonly<Record<string, OurDocument['of']>> = {
  'aws_kms_key.policy': 'key',
  'aws_backup_vault_policy.policy': 'vault',
  'aws_iam_role.assume_role_policy': 'trust',
  'aws_iam_role_policy.policy': 'identity',
  'aws_organizations_policy.content': 'control',
  'aws_organizations_resource_policy.content': 'organization',
};

export const ORGANIZATION = 'o-abc1234567';

/** What Terraform fills in when it applies. */
const applied = (text: string) =>
  text.replaceAll(/\$\{[^}:]*outputs\.(\w+)\}/g, (_, output: string) =>
    output === 'organization_id' ? ORGANIZATION : 'arn:aws:backup:us-east-1:222222222222:backup-vault:another',
  );

function documentsOf(stack: StackJson): OurDocument[] {
  const [accountId, region] = [accountOf(stack), regionOf(stack)];
  return Object.entries(stack.resource).flatMap(([type, ofType]) =>
    Object.values(ofType).flatMap((block) =>
      Object.entries(block).flatMap(([attribute, text]) => {
        const of = PLACES[`${type}.${attribute}`];
        if (typeof text !== 'string' || !text.startsWith('{"Version"')) return [];
        if (!of) throw new Error(`a policy at ${type}.${attribute} that PLACES lacks`);
        return [{ of, accountId, region, document: JSON.parse(applied(text)) as Document }];
      }),
    ),
  );
}

/** Each policy of each config once. */
export function ourDocuments(): OurDocument[] {
  const stacks = CONFIG_FILES.flatMap((file) => Object.values(synthesize(loadReviewedConfig(file).config).stacks));
  const byText = new Map(stacks.flatMap(documentsOf).map((found) => [JSON.stringify(found), found]));
  return [...byText.values()];
}
