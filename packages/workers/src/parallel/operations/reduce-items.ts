import { itemSource } from '../flow/item-source.js';
import { completeFlow } from './complete-flow.js';
import type { Operation } from './operation.js';

/** How results of chunks are put together. */
export interface Combine {
  (one: unknown, other: unknown): unknown;
  /** Set where it is the function that folds, which then gets results in the place of items. */
  readonly folds?: string;
}

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
  let sample: unknown;
  await completeFlow(
    {
      mode: 'reduce',
      source: itemSource(items, 'skip'),
      ...start,
      options: { ...start.options, ordered: true },
      ...(initial && use === 'perChunk' && { initial }),
    },
    ({ values, response }) => {
      sample ??= values[0];
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
  if (combine.folds !== undefined && rest.length > 0)
    warnOfOtherKind(combine.folds, sample, rest[0]);
  let { value } = begin;
  for (const part of rest) value = await combine(value, part.value);
  return value;
}

/** A function that counts letters, say, gets words as items, and then a number where it expects a word. */
function warnOfOtherKind(
  name: string,
  item: unknown,
  part: { readonly value: unknown } | undefined,
): void {
  const [itemKind, resultKind] = [typeof item, typeof part?.value];
  if (itemKind === resultKind) return;
  process.emitWarning(
    `reduce() puts what chunks came to together by the same function${name === '' ? '' : ` "${name}"`}, ` +
      `but items are of type ${itemKind} and results of type ${resultKind}: give it \`combine\`.`,
    { code: 'PROC_REDUCE_WITHOUT_COMBINE' },
  );
}
