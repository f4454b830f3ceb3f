import { ask } from './ask';

/**
 * Every item of a list that comes in pages.
 * @param pages - begins the list: anew, where the service was busy
 * @param expected - answers in the place of errors, by the error's name
 * @throws LiveError as {@link ask}
 */
export const listAll = <Page, Item, Other = never>(
  action: string,
  pages: () => AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
  expected: Readonly<Record<string, Other>> = {},
): Promise<Item[] | Other> =>
  ask<Item[] | Other>(
    action,
    async () => {
      const items: Item[] = [];
      for await (const page of pages()) for (const item of itemsOf(page) ?? []) items.push(item);
      return items;
    },
    expected,
  );
