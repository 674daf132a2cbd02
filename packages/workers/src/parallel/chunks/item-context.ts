/** What the pool gives a task in the worker, as far as this is of interest for items. */
export interface ChunkContext {
  readonly aborted?: boolean;
  readonly signal?: AbortSignal;
  emit?(event: unknown): unknown;
}

/** An event of an item, on its way to the parent. */
export interface ItemEvent {
  readonly item: number;
  readonly event: unknown;
}

/**
 * The context of one item: that of the pool's task, with its index, and with events that tell which item they are of.
 */
export function itemContext(context: ChunkContext, index: number): object {
  const own = Object.create(context) as { index: number; emit: (event: unknown) => unknown };
  own.index = index;
  own.emit = (event) => context.emit?.({ item: index, event } satisfies ItemEvent);
  return own;
}
