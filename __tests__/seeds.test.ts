import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { anOperator } from './support/operator';

/** The text of the sound config that is replaced, which it holds once. */
interface Change {
  readonly replace: string;
  readonly by: string;
}

interface Mistake extends Change {
  readonly document: string;
  readonly mistake: string;
  readonly and?: Change;
}

interface Samples {
  readonly sound: string;
  readonly mistakes: readonly (Mistake & { readonly problems: readonly string[] })[];
}

const { sound, mistakes } = parse(readFileSync(join(__dirname, 'seeds.yaml'), 'utf8')) as Samples;

const toldOf = anOperator();
const problemsOf = (text: string) => toldOf(text).problems;

const changesOf = ({ replace, by, and }: Mistake): Change[] => [{ replace, by }, ...(and ? [and] : [])];

const changed = (mistake: Mistake) =>
  changesOf(mistake).reduce((text, { replace, by }) => text.replace(replace, () => by), sound);

describe('the samples of the seed documents', () => {
  test('are accepted when all their mistakes are mended', () => {
    expect(problemsOf(sound)).toEqual([]);
  });

  test('hold mistakes of every document', () => {
    expect([...new Set(mistakes.map(({ document }) => document))]).toEqual(['000', '001', '002', '003', '004']);
  });

  test('are changed in one place by each mistake', () => {
    const elsewhere = mistakes.filter((mistake) =>
      changesOf(mistake).some(({ replace }) => sound.split(replace).length !== 2),
    );
    expect(elsewhere.map(({ mistake }) => mistake)).toEqual([]);
  });

  test.each(mistakes)('$document is refused for $mistake', ({ problems, ...mistake }) => {
    expect(problems).not.toEqual([]);
    expect(problemsOf(changed(mistake))).toEqual(problems);
  });

  test('are refused for warnings only because the config is strict', () => {
    const shared = mistakes.find(({ mistake }) => mistake === 'volumes whose key nobody shares');
    if (!shared) throw new Error('the mistake is in the table');
    expect(problemsOf(changed(shared).replace('strict: true', 'strict: false'))).toEqual([]);
  });
});
