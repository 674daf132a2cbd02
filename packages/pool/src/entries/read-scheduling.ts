import { inspect } from 'node:util';
import { InvalidArgumentError } from '@proc/core';
import type { EntryAttributes } from '@proc/core/internal';
import type { PoolKey } from '../contracts/pool-key.js';

/** What decides when an entry is started, checked and with its defaults. */
export interface ResolvedScheduling {
  readonly after: readonly ResolvedDependency[];
  readonly priority: number;
  readonly weight: number;
}

/** What an entry waits for. */
export interface ResolvedDependency {
  readonly key: PoolKey;
  readonly on: 'success' | 'end';
}

/** For the many entries of which nothing is said. */
export const PLAIN: ResolvedScheduling = Object.freeze({ after: [], priority: 0, weight: 1 });

/** The attributes that entries of pools have. */
export const SCHEDULING: EntryAttributes<ResolvedScheduling> = {
  names: ['after', 'priority', 'weight'],
  read: ({ after, priority, weight }) => {
    if (after === undefined && priority === undefined && weight === undefined) return PLAIN;
    return {
      after: after === undefined ? PLAIN.after : readDependencies(after),
      priority: priority === undefined ? PLAIN.priority : readPriority(priority),
      weight: weight === undefined ? PLAIN.weight : readWeight(weight),
    };
  },
};

function readPriority(value: unknown): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  throw new InvalidArgumentError(
    `The priority of an entry of a pool is a number; got ${show(value)}.`,
  );
}

function readWeight(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError(
    `The weight of an entry of a pool is a number above 0; got ${show(value)}.`,
  );
}

function readDependencies(value: unknown): readonly ResolvedDependency[] {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const byKey = new Map<PoolKey, ResolvedDependency>();
  for (const dependency of given.map(readDependency)) {
    // Waiting for success is the stronger of two wishes.
    if (byKey.get(dependency.key)?.on !== 'success') byKey.set(dependency.key, dependency);
  }
  return [...byKey.values()];
}

function readDependency(value: unknown): ResolvedDependency {
  if (isKey(value)) return { key: value, on: 'success' };
  const { key, on = 'success', ...rest } = (value ?? {}) as Record<string, unknown>;
  const isKnown = Object.keys(rest).length === 0 && (on === 'success' || on === 'end');
  if (isKey(key) && isKnown) return { key, on };
  throw new InvalidArgumentError(
    'What an entry of a pool comes after is the name of another one, the position of one without a name, or ' +
      `{ key, on: "success" | "end" }; got ${show(value)}.`,
  );
}

function isKey(value: unknown): value is PoolKey {
  return typeof value === 'string'
    ? value !== ''
    : Number.isSafeInteger(value) && Number(value) >= 0;
}

function show(value: unknown): string {
  return inspect(value, { depth: 1, breakLength: Infinity });
}
