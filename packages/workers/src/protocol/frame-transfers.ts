import type { Transferable } from '../functions/transfer.js';

const NOTHING: readonly Transferable[] = [];

/** What is handed over with the items of frames; few have anything. */
export class FrameTransfers<Item extends object> {
  readonly #lists = new Map<Item, readonly Transferable[]>();

  add(item: Item, transferList: readonly Transferable[]): void {
    if (transferList.length > 0) this.#lists.set(item, transferList);
  }

  of(items: readonly Item[]): readonly Transferable[] {
    if (this.#lists.size === 0) return NOTHING;
    return items.flatMap((item) => this.#lists.get(item) ?? NOTHING);
  }

  /** To be told of items that were sent, or can not be. */
  forget(items: readonly Item[]): void {
    if (this.#lists.size > 0) for (const item of items) this.#lists.delete(item);
  }
}
