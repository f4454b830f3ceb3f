import { planChanges } from './compare-plan';
import { selectionChanges } from './compare-selection';
import { type Finder, refused, type Sight, taken, textOf } from './existing';
import { type FoundPlan, placeIn } from './inventory';
import { isReferenceTo, type WantedResource } from './wanted';

export const findPlan: Finder = (resource, sight) => {
  const name = textOf(resource, 'name');
  const [plan, ...more] = plansNamed(resource, sight);
  if (!plan) return undefined;
  if (more.length > 0)
    return refused(`${more.length + 1} plans are called ${name}, and nothing tells which is meant: delete the others`);
  return taken(plan.id, planChanges(plan, resource.block));
};

export const findSelection: Finder = (resource, sight) => {
  const plan = planOf(resource, sight);
  const found = plan?.selections.find(({ content }) => content.SelectionName === textOf(resource, 'name'));
  if (!plan || !found) return undefined;
  const changes = selectionChanges(found.content, resource.block);
  if (changes.length === 0) return taken(`${plan.id}|${found.id}`);
  return refused(
    `a selection cannot be changed (${changes.join('; ')}): let the config say the same, or delete selection ${found.id} of plan ${plan.id} just before the apply, which makes it anew; no recovery point goes with it`,
  );
};

/** Selections of plans that are taken over, and that the config does not have: they go on. */
export function furtherSelections({ wanted, inventory }: Sight): { readonly stack: string; readonly text: string }[] {
  return wanted
    .filter(({ type }) => type === 'aws_backup_plan')
    .flatMap((resource) => {
      const sight = { wanted, inventory };
      const names = wanted
        .filter(({ type, block }) => type === 'aws_backup_selection' && isReferenceTo(block.plan_id, resource))
        .map((selection) => textOf(selection, 'name'));
      return plansNamed(resource, sight).flatMap((plan) =>
        plan.selections
          .filter(({ content }) => !names.includes(content.SelectionName ?? ''))
          .map(({ id, content }) => ({
            stack: resource.stack,
            text: `selection ${content.SelectionName} (${id}) of plan ${plan.name} is not of the config, and goes on selecting: delete it after the apply, or write it into the config`,
          })),
      );
    });
}

function planOf(selection: WantedResource, sight: Sight): FoundPlan | undefined {
  const wanted = sight.wanted.find(
    (one) => one.type === 'aws_backup_plan' && isReferenceTo(selection.block.plan_id, one),
  );
  const plans = wanted ? plansNamed(wanted, sight) : [];
  return plans.length === 1 ? plans[0] : undefined;
}

const plansNamed = (resource: WantedResource, { inventory }: Sight): FoundPlan[] =>
  placeIn(inventory, resource).plans.filter(({ name }) => name === textOf(resource, 'name'));
