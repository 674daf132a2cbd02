import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeDriver } from '@proc/testing';
import { runConformanceCase, type ConformanceCase } from '@proc/testing/conformance';
import { waitUntil } from '../../../src/conformance/wait-for.js';

const caseOf = (run: ConformanceCase['run']): ConformanceCase => ({
  group: 'own',
  name: 'own',
  run,
});

describe('While a test has fake timers, a case', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('that waits for what never comes fails', async () => {
    const never = caseOf(() => new Promise(() => undefined));
    const subject = { driver: () => new FakeDriver({}), timeoutMs: 20 };
    await expect(runConformanceCase(never, subject)).rejects.toThrow('"own" did not happen');
    await expect(waitUntil('The end', () => false, 20)).rejects.toThrow('The end did not happen');
  });

  it('waits for what the system does', async () => {
    let looks = 0;
    await waitUntil('The end', () => (looks += 1) === 3);
    expect(looks).toBe(3);
  });
});

describe('A case whose driver throws at its end', () => {
  it('keeps this process alive no longer', async () => {
    const fake = new FakeDriver({ fakes: () => '' });
    const driver = {
      name: 'throwing',
      capabilities: fake.capabilities,
      start: async (launch: Parameters<typeof fake.start>[0]) => {
        const handle = await fake.start(launch);
        jest.spyOn(handle, 'signal').mockImplementation(() => {
          throw new Error('not able to');
        });
        return handle;
      },
    };
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const launching = caseOf(async (context) => {
      await context.launch('wait');
    });
    await expect(runConformanceCase(launching, { driver: () => driver })).rejects.toThrow();
    expect(timers()).toBe(before);
  });
});
