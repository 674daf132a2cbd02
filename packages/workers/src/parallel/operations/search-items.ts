import { itemSource } from '../flow/item-source.js';
import { completeFlow } from './complete-flow.js';
import type { Operation } from './operation.js';

/** The item that decides, or undefined when none does. */
export interface Decisive {
  readonly item: unknown;
}

/**
 * Looks for an item that decides: for `find` the first of them, for `some` and `every` any. Then the rest is not run.
 */
export async function searchItems(
  mode: 'some' | 'every' | 'find',
  { items, ...start }: Operation,
): Promise<Decisive | undefined> {
  let decisive: Decisive | undefined;
  // Like methods of arrays: only `find` looks at places that hold nothing.
  const source = itemSource(items, mode === 'find' ? 'visit' : 'skip');
  const ordered = mode === 'find';
  await completeFlow(
    { mode, source, ...start, options: { ...start.options, ordered } },
    ({ response, values }) => {
      const [position] = response?.kept ?? [];
      if (position === undefined) return 'more';
      decisive = { item: values[position] };
      return 'enough';
    },
  );
  return decisive;
}
