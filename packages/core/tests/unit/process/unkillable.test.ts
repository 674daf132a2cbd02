import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { ProcessManager } from '../../../src/contracts/process-manager.js';
import { localCapabilities } from '../../../src/drivers/local-capabilities.js';
import { ProcessTimedOutError } from '../../../src/errors/process-timed-out-error.js';
import { HandMadeHandle } from '../../support/hand-made-handle.js';
import { makeManager } from '../../support/manager.js';

/** More than a grace, and the patience with what SIGKILL does not end. */
const LONG = 10_000;

let handle: HandMadeHandle;
let manager: ProcessManager;

beforeEach(() => {
  jest.useFakeTimers();
  handle = new HandMadeHandle();
  // As a program that has become somebody else's: nothing that is sent to it has any effect.
  handle.fatal = [];
  manager = makeManager();
  manager.extend('mine', () => ({
    name: 'mine',
    capabilities: localCapabilities,
    start: () => Promise.resolve(handle),
  }));
});
afterEach(async () => {
  // As long as it lives it is looked after, like everything that a command leaves behind.
  handle.end();
  await jest.advanceTimersByTimeAsync(1000);
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

it('is not waited for when its timeout and its grace have passed', async () => {
  const run = manager.command(['x']).driver('mine').timeout(300).grace(100).run();
  const error = run.catch((thrown: unknown) => thrown);
  await jest.advanceTimersByTimeAsync(LONG);
  expect(handle.signals.slice(0, 2)).toEqual(['SIGTERM', 'SIGKILL']);
  expect(await error).toBeInstanceOf(ProcessTimedOutError);
  expect(((await error) as ProcessTimedOutError).result).toMatchObject({
    exitCode: null,
    signal: null,
    reason: 'timedOut',
    outputHeldOpen: true,
  });
});

it('keeps neither who stops it nor its manager', async () => {
  const running = await manager.command(['x']).driver('mine').grace(100).start();
  const stopped = running.stop();
  const shutDown = manager.shutdown();
  await jest.advanceTimersByTimeAsync(LONG);
  await shutDown;
  expect(await stopped).toMatchObject({ exitCode: null, signal: null, reason: 'stopped' });
  expect((await stopped).successful()).toBe(false);
  expect(() => running.signal('SIGTERM')).toThrow(/it has ended/);
});
