import { types } from 'node:util';
import { InvalidArgumentError, type ProcessManager } from '@proc/core';
import type { PoolBuilder, PoolDefinition } from '../contracts/pool-definition.js';
import type { PoolEntryBuilder } from '../contracts/pool-entry-builder.js';
import type { PoolEntryInput } from '../contracts/scheduling.js';
import { isPromiseLike } from '../scheduler/promise-like.js';
import { EntrySource, type EntryIterable } from './entry-source.js';
import { PoolEntryList, type PoolEntry } from './pool-entry-list.js';

/** The entries of one run of a pool. */
export interface PoolEntries {
  /** Those that exist before the start. */
  readonly known: readonly PoolEntry[];
  /** Where further ones come from. */
  readonly source: EntrySource | null;
}

/**
 * Reads what a pool is to run. Everything but an iterable of unknown length is read, and so checked, at once.
 *
 * @throws {@link InvalidArgumentError} for what is no entry, and for a key that is used twice
 * @throws what the builder callback throws
 */
export function readDefinition(manager: ProcessManager, definition: PoolDefinition): PoolEntries {
  if (isLazy(definition)) return { known: [], source: new EntrySource(definition) };
  const list = new PoolEntryList(manager);
  if (typeof definition === 'function') build(list, definition);
  else if (isList(definition)) for (const input of definition) list.add(input);
  else for (const [name, input] of named(definition)) list.add(input, name);
  return { known: list.entries, source: null };
}

/**
 * Refuses what can not define a pool.
 *
 * @throws {@link InvalidArgumentError}
 */
export function requireDefinition(definition: unknown): asserts definition is PoolDefinition {
  if (typeof definition === 'function') return;
  const isObject = typeof definition === 'object' && definition !== null;
  if (isObject && !isLaunchable(definition)) return;
  throw new InvalidArgumentError(
    'A pool is defined by a function that is handed a builder, or by a list, record, Map or iterable of entries; ' +
      `got ${isObject ? 'a single entry: put it into a list' : describe(definition)}.`,
  );
}

/** Whether a definition can be read only once, as a generator is. */
export function isOneShot(definition: PoolDefinition): boolean {
  if (!isLazy(definition)) return false;
  return typeof (definition as Partial<Iterator<unknown>>).next === 'function';
}

function build(list: PoolEntryList, builder: PoolBuilder): void {
  // Its type says that nothing is returned; JavaScript may say otherwise.
  const call: (pool: PoolEntryBuilder) => unknown = builder;
  const returned = call(list.builder);
  if (isPromiseLike(returned)) {
    returned.then(undefined, () => undefined);
    throw new InvalidArgumentError(
      'The callback that adds the entries of a pool must be synchronous: it returned a promise. ' +
        'Pass an async iterable instead.',
    );
  }
  if (types.isGeneratorObject(returned)) {
    throw new InvalidArgumentError(
      'The callback that adds the entries of a pool is a generator function, whose body would never run. ' +
        'Call it, and pass what it returns.',
    );
  }
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === 'string' ? 'a string: put it into a list' : `a ${typeof value}`;
}

function isLaunchable(value: object): boolean {
  return 'launch' in value && typeof value.launch === 'function';
}

function isLazy(definition: PoolDefinition): definition is EntryIterable {
  if (typeof definition === 'function' || Array.isArray(definition)) return false;
  if (types.isMap(definition)) return false;
  return Symbol.iterator in definition || Symbol.asyncIterator in definition;
}

function isList(definition: object): definition is readonly PoolEntryInput[] {
  return Array.isArray(definition);
}

function named(
  definition: Exclude<PoolDefinition, PoolBuilder>,
): Iterable<readonly [string, PoolEntryInput]> {
  return types.isMap(definition)
    ? definition
    : Object.entries(definition as Readonly<Record<string, PoolEntryInput>>);
}
