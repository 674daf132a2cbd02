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
import { brokenDrivers } from '../support/broken-drivers.js';
import { cleanUp } from '../support/clean-up.js';

describe('the conformance suite', () => {
  afterEach(cleanUp);

  it.each(brokenDrivers)(
    'finds a driver that $fault',
    async ({ caughtBy, driver, hangs }) => {
      const timeoutMs = hangs === true ? 4000 : 60_000;
      const error: unknown = await runConformanceCase(caseNamed(caughtBy), {
        driver,
        timeoutMs,
      }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeDefined();
      const late = `"${caughtBy}" did not happen within ${timeoutMs} ms`;
      if (hangs !== true) expect(error).not.toMatchObject({ message: late });
    },
    300_000,
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

    expect(untested).toEqual([]);
  });
});

function caseNamed(name: string): ConformanceCase {
  const found = conformanceCases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no case "${name}".`);
  return found;
}
