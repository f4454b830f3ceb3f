import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { anOperator, type Edit, edited } from '../support/operator';

interface Rule {
  readonly rule: string;
  /** Text of the good file that is replaced for both, and by what. */
  readonly given?: Readonly<Record<string, string>>;
  /** The text of the good file that stands at the boundary. */
  readonly replace: string;
  /** The last value on this side of the boundary, or several of them. */
  readonly accepted: string | readonly string[];
  readonly refused: string;
  /** All that the operator is told of the refused value: line:column path message. */
  readonly problem: string | readonly string[];
}

const RULES = parse(readFileSync(join(__dirname, 'rules.yaml'), 'utf8')) as Rule[];
const toldOf = anOperator();

const withValue = ({ given = {}, replace }: Rule, by: string) => {
  const edits: Edit[] = [...Object.entries(given), [replace, by]];
  return toldOf(edited(...edits));
};

describe('each rule', () => {
  test.each(RULES)('accepts the last value: $rule', (rule) => {
    for (const value of [rule.accepted].flat()) expect(withValue(rule, value).problems).toEqual([]);
  });

  test.each(RULES)('fails when the value is past it: $rule', (rule) => {
    expect(withValue(rule, rule.refused).problems).toEqual([rule.problem].flat());
  });

  test('has a sentence of its own', () => {
    const sentences = RULES.map(({ rule }) => rule);
    expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([]);
  });
});
