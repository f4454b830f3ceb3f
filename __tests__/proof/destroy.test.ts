import { aConfig, DESTINATION_ID, SOURCE_ID } from '../support/a-config';
import { type Address, type Files, withBlock } from '../support/edit-stacks';
import { MUTATED } from '../support/mutated-configs';
import { provable } from '../support/prove-in-memory';

const DESTINATION = 'destination-vault-eu-west-1';
const SOURCE = 'source-production-us-east-1';
const CONFIGS = Object.keys(MUTATED) as (keyof typeof MUTATED)[];

/** Every resource that Terraform refuses to destroy. */
const preventedIn = (files: Files): Address[] =>
  Object.entries(files).flatMap(([stack, { resource = {} }]) =>
    Object.entries(resource).flatMap(([type, ofType]) =>
      Object.entries(ofType)
        .filter(([, { lifecycle }]) => (lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy)
        .map(([id]): Address => [stack, type, id]),
    ),
  );
const withLifecycle = (files: Files, address: Address, lifecycle: unknown) =>
  withBlock(files, address, (block) => ({ ...block, lifecycle }));
const complaint = (address: string) =>
  expect.stringMatching(`^${address}(_[0-9A-F]{8})? must have prevent_destroy, or a plan may destroy or replace it$`);

describe('what no plan may destroy', () => {
  test.each(CONFIGS)('is missed wherever it is taken away in %s, with its address and nothing else', (config) => {
    const { stacks, prove } = provable(MUTATED[config]());
    const prevented = preventedIn(stacks);
    expect(prevented.length).toBeGreaterThanOrEqual(4);
    for (const address of prevented) {
      const [stack, , id] = address;
      expect(prove(withLifecycle(stacks, address, undefined)).failures).toEqual([complaint(`${stack}.${id}`)]);
    }
  });

  test.each([
    ['false', { prevent_destroy: false }],
    ['an expression', { prevent_destroy: '${var.prevent}' }],
    ['something else', { create_before_destroy: true }],
  ])('is missed when the lifecycle of a vault says %s', (_, lifecycle) => {
    const { stacks, prove } = provable(aConfig());
    const vault: Address = [DESTINATION, 'aws_backup_vault', 'Vault_'];
    expect(prove(withLifecycle(stacks, vault, lifecycle)).failures).toEqual([complaint(`${DESTINATION}.Vault`)]);
  });

  test('may stand in a list, as Terraform takes blocks', () => {
    const { stacks, prove } = provable(aConfig());
    const key: Address = [SOURCE, 'aws_kms_key', 'Vault_Key_'];
    expect(prove(withLifecycle(stacks, key, [{ prevent_destroy: true }])).failures).toEqual([]);
  });

  test('is not asked for in a Region whose site may be destroyed', () => {
    const free = { preventDestroy: false };
    const { stacks, prove } = provable(
      aConfig({
        destinations: { vault: { accountId: DESTINATION_ID, regions: { 'eu-west-1': free } } },
        sources: {
          production: {
            accountId: SOURCE_ID,
            regions: { 'us-east-1': { ...free, createResourceKey: true } },
            plans: ['daily'],
          },
        },
      }),
    );
    expect(preventedIn(stacks)).toEqual([]);
    expect(prove().failures).toEqual([]);
  });
});
