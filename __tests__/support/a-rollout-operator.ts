import { A_ROLLOUT_YAML } from './a-rollout-yaml';
import { anOperator, type Edit } from './operator';

/** What the operator is told of the rollouts with some of their text replaced; call it once, outside of the tests. */
export function aRolloutOperator() {
  const toldOf = anOperator();
  return (...edits: readonly Edit[]) => {
    const text = edits.reduce((before, [replaced, by]) => {
      if (before.split(replaced).length !== 2) throw new Error(`"${replaced}" must stand in the file once`);
      return before.replace(replaced, () => by);
    }, A_ROLLOUT_YAML);
    const { problems, warnings = [] } = toldOf(text);
    return { problems, warnings };
  };
}

/** A line that the operator is told, by its number and how it begins. */
export const at = (line: number, text: string) => expect.stringMatching(new RegExp(`^${line}:\\d+ ${text}`));
