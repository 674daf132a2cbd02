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
  const signalled: string[] = [];
  const fake = new FakeDriver({ fakes: () => '' });
  const driver = {
    name: 'throwing',
    capabilities: fake.capabilities,
    start: async (launch: Parameters<typeof fake.start>[0]) => {
      const handle = await fake.start(launch);
      jest.spyOn(handle, 'signal').mockImplementation((signal) => {
        signalled.push(signal);
        throw new Error('not able to');
      });
      return handle;
    },
  };
  const subject = { driver: () => driver };
  const timers = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

  beforeEach(() => {
    signalled.length = 0;
  });

  it('fails by it, ends the rest all the same, and keeps this process alive no longer', async () => {
    const before = timers();
    const launching = caseOf(async (context) => {
      await context.launch('wait');
      await context.launch('wait');
    });
    await expect(runConformanceCase(launching, subject)).rejects.toThrow('not able to');
    expect(signalled).toEqual(['SIGKILL', 'SIGKILL']);
    expect(timers()).toBe(before);
  });

  it('fails by its own error where it has one', async () => {
    const before = timers();
    const failing = caseOf(async (context) => {
      await context.launch('wait');
      throw new Error('of the case');
    });
    await expect(runConformanceCase(failing, subject)).rejects.toThrow('of the case');
    expect(signalled).toEqual(['SIGKILL']);
    expect(timers()).toBe(before);
  });

  it('may throw at once', async () => {
    const before = timers();
    const failing = caseOf(() => {
      throw new Error('of the case');
    });
    await expect(runConformanceCase(failing, subject)).rejects.toThrow('of the case');
    expect(timers()).toBe(before);
  });
});
