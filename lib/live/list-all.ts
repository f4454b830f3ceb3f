import { ask } from './ask';

/**
 * Every item of a list that comes in pages.
 * @param pages - begins the list: anew, where the service was busy
 * @throws LiveError as {@link ask}
 */
export const listAll = <Page, Item>(
  action: string,
  pages: () => AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> =>
  ask(action, async () => {
    const items: Item[] = [];
    for await (const page of pages()) for (const item of itemsOf(page) ?? []) items.push(item);
    return items;
  });
