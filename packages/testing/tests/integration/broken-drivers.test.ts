import 'reflect-metadata';
import { AssertionError } from 'node:assert';
import { afterEach, describe, expect, it } from '@jest/globals';
import { NodeDriver } from '@proc/core';
import {
  assertCapabilities,
  conformanceCases,
  runConformanceCase,
  type ConformanceCase,
} from '@proc/testing/conformance';
import { brokenDrivers, removeLeftListeners } from '../support/broken-drivers.js';

describe('the conformance suite', () => {
  afterEach(removeLeftListeners);

  it.each(brokenDrivers)(
    'finds a driver that $fault',
    async ({ caughtBy, driver }) => {
      await expect(
        runConformanceCase(caseNamed(caughtBy), { driver, timeoutMs: 4000 }),
      ).rejects.toBeDefined();
    },
    20_000,
  );

  it('fails a driver that declares less than is expected of it', () => {
    const { capabilities } = new NodeDriver();
    const expected = { ...capabilities, processGroup: true, mergeStderr: true };

    expect(() => assertCapabilities({ ...expected, processGroup: false }, expected)).toThrow(
      AssertionError,
    );
    expect(() => assertCapabilities({ ...expected, remote: true }, { remote: false })).toThrow(
      AssertionError,
    );
    expect(() => assertCapabilities(expected, expected)).not.toThrow();
  });

  it('has a driver that fails each of its cases', () => {
    const untested = conformanceCases
      .map(({ name }) => name)
      .filter((name) => !brokenDrivers.some(({ caughtBy }) => caughtBy === name));

    // What core makes of any driver, and cases that are a second witness of a fault above.
    expect(untested).toEqual([
      'passes 1 MB byte for byte',
      'survives a program that exits without reading its input',
      'rejects for a file that may not be executed with the typed error',
      'rejects for a missing directory with the typed error',
      "gives the system's error or one of its own from start itself",
      'starts the next program after a failed start',
      'ends a process that ignores SIGTERM by SIGKILL after the grace',
      'ends a process at its timeout and keeps what it printed',
      'ends a process that has been silent for too long',
      'starts nothing when the signal was aborted before',
      'ends a process when the signal is aborted',
      'runs 20 processes at once, each with its own output',
    ]);
  });
});

function caseNamed(name: string): ConformanceCase {
  const found = conformanceCases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no case "${name}".`);
  return found;
}
