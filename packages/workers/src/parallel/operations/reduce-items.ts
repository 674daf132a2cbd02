import { itemSource } from '../flow/item-source.js';
import { completeFlow } from './complete-flow.js';
import type { Operation } from './operation.js';

/** How results of chunks are put together. */
export type Combine = (one: unknown, other: unknown) => unknown;

/** What a fold begins with. */
export interface FoldBegin {
  readonly initial: { readonly value: unknown } | undefined;
  readonly use: 'perChunk' | 'once';
}

/**
 * Folds each chunk in a worker, and then what the chunks came to, here and in order.
 *
 * @throws TypeError when there is neither an item nor a begin, as arrays do
 */
export async function reduceItems(
  { items, ...start }: Operation,
  { initial, use }: FoldBegin,
  combine: Combine,
): Promise<unknown> {
  const folded: { readonly value: unknown }[] = [];
  await completeFlow(
    {
      mode: 'reduce',
      source: itemSource(items, 'skip'),
      ...start,
      options: { ...start.options, ordered: true },
      ...(initial && use === 'perChunk' && { initial }),
    },
    ({ response }) => {
      if (response?.folded !== undefined) folded.push(response.folded);
      return 'more';
    },
  );
  const parts =
    initial !== undefined && (use === 'once' || folded.length === 0)
      ? [initial, ...folded]
      : folded;
  const [begin, ...rest] = parts;
  if (begin === undefined) throw new TypeError('Reduce of no items with no initial value');
  let { value } = begin;
  for (const part of rest) value = await combine(value, part.value);
  return value;
}
