import type { DriverCapabilities } from '@proc/core';
import { readObject } from '@proc/core/internal';
import assert from 'node:assert/strict';

/** @throws {AssertionError} when a driver declares something else than is expected of it */
export function assertCapabilities(
  declared: DriverCapabilities,
  expected: Partial<DriverCapabilities>,
): void {
  readObject(declared, 'What a driver declares is given as');
  const names = Object.keys(
    readObject(expected, 'What is expected of a driver is given as'),
  ) as (keyof DriverCapabilities)[];
  const chosen = Object.fromEntries(names.map((name) => [name, declared[name]]));
  assert.deepEqual(chosen, { ...expected });
}
