import type { DriverCapabilities } from '@proc/core';
import assert from 'node:assert/strict';

/** @throws {AssertionError} when a driver declares something else than is expected of it */
export function assertCapabilities(
  declared: DriverCapabilities,
  expected: Partial<DriverCapabilities>,
): void {
  const names = Object.keys(expected) as (keyof DriverCapabilities)[];
  const chosen = Object.fromEntries(names.map((name) => [name, declared[name]]));
  assert.deepEqual(chosen, { ...expected });
}
