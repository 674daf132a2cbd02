import { itemSource } from '../flow/item-source.js';
import { completeFlow } from './complete-flow.js';
import type { Operation } from './operation.js';

/** Runs the function for each item and sends nothing back. */
export async function forEachItem({ items, ...start }: Operation): Promise<void> {
  const source = itemSource(items, 'skip');
  await completeFlow(
    { mode: 'forEach', source, ...start, options: { ...start.options, ordered: false } },
    () => 'more',
  );
}
