import { InvalidArgumentError } from '@proc/core';
import { showValue } from '@proc/core/internal';
import { AsyncItems } from './async-items.js';
import { ListItems } from './list-items.js';
import { SyncItems } from './sync-items.js';

/** What items come from. */
export type Items<T> = Iterable<T> | AsyncIterable<T>;

/** Some items that follow each other. */
export interface Taken {
  readonly first: number;
  readonly values: readonly unknown[];
}

/** Gives items when asked, in order, a few at a time. */
export interface ItemSource {
  /** How many indexes there are in all, where that is known from the start. */
  readonly length: number | undefined;
  /** How many items there are, where that is known, as far as is known: holes are found on the way. */
  readonly total: number | undefined;
  /** How many have been given. */
  readonly given: number;
  /** Whether all have been given. */
  readonly ended: boolean;
  /**
   * Up to so many items; none when there is none at the moment: then `onReady` is called once there may be.
   *
   * @throws what the iterable throws
   */
  take(most: number, onReady: (error?: { readonly thrown: unknown }) => void): Taken | undefined;
  /** Gives no more, and lets the iterable clean up. */
  close(): Promise<void>;
}

/**
 * @param holes - whether places of a list that hold nothing are left out, as most methods of arrays do
 * @throws {@link InvalidArgumentError} for what can not be iterated over
 */
export function itemSource(items: Items<unknown>, holes: 'skip' | 'visit'): ItemSource {
  if (Array.isArray(items)) return new ListItems(items, holes);
  if (typeof items === 'object' && (items as unknown) !== null) {
    if (Symbol.asyncIterator in items) return new AsyncItems(items);
    if (Symbol.iterator in items) return new SyncItems(items);
  }
  throw new InvalidArgumentError(
    `Items are given as an array, an iterable, an async iterable or a stream, ` +
      `but this was given: ${showValue(items)}.`,
  );
}
