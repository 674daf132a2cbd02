import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '../../../src/clock/system-clock.js';
import type { ProcessHandle } from '../../../src/contracts/process-handle.js';
import type { ProcessManager } from '../../../src/contracts/process-manager.js';
import type { PendingProcess } from '../../../src/process/pending-process.js';
import type { ProcessRetrying } from '../../../src/events/process-retrying.js';
import { createProcessManager } from '../../../src/manager/default-process-manager.js';
import { resolveProcessConfig } from '../../../src/manager/define-process-config.js';
import { localCapabilities } from '../../../src/drivers/local-capabilities.js';
import { settled } from '../../support/captured.js';
import { HandMadeClock } from '../../support/hand-made-clock.js';
import { HandMadeHandle } from '../../support/hand-made-handle.js';
import { RecordingDispatcher } from '../../support/recording-dispatcher.js';

describe('a run of a fake by the clock of its manager', () => {
  let clock: HandMadeClock;
  let events: RecordingDispatcher;
  let manager: ProcessManager;
  let handles: HandMadeHandle[];
  let asReal: boolean;

  const command = (): PendingProcess => manager.command(['x']).driver('mine');
  const last = (): HandMadeHandle => {
    const handle = handles.at(-1);
    if (handle === undefined) throw new Error('Nothing has been started.');
    return handle;
  };
  /** Whether it has been settled by now. */
  const isOver = async (promise: Promise<unknown>): Promise<boolean> => {
    let over = false;
    const note = (): void => {
      over = true;
    };
    void promise.then(note, note);
    await settled();
    return over;
  };

  beforeEach(() => {
    clock = new HandMadeClock(5_000_000);
    events = new RecordingDispatcher();
    handles = [];
    asReal = false;
    manager = createProcessManager(resolveProcessConfig(), () => events);
    manager.extend('mine', () => ({
      name: 'mine',
      capabilities: localCapabilities,
      start: (): Promise<ProcessHandle> => {
        const handle = new HandMadeHandle();
        handles.push(handle);
        if (asReal) Object.defineProperty(handle, 'virtual', { value: false });
        return Promise.resolve(handle);
      },
    }));
    manager.useClock(clock);
  });

  it('sets no timer where the output has ended with the process', async () => {
    const process = await command().forever().start();
    const handle = last();
    const timers = jest.spyOn(clock, 'timer');
    handle.stderr.once('end', () => {
      handle.exit();
    });
    handle.stdout.end('words');
    await settled();
    handle.stderr.end();
    expect(await process.wait()).toMatchObject({ stdout: 'words', outputHeldOpen: false });
    expect(timers).not.toHaveBeenCalled();
  });

  it('gives durations and dates of that clock', async () => {
    const process = await command().start();
    await clock.pass(1500);
    last().end();
    const result = await process.wait();
    expect(result.durationMs).toBe(1500);
    expect(result.startedAt).toEqual(new Date(5_000_000));
    expect(result.endedAt).toEqual(new Date(5_001_500));
    expect(process.startedAt).toBe(5_000_000);
  });

  it('times out when its time has passed there, and is killed after the grace', async () => {
    const process = await command().timeout('10m').grace('1m').start();
    const over = process.wait().catch((error: unknown) => error);
    await clock.pass(599_999);
    expect(last().signals).toEqual([]);
    await clock.pass(1);
    expect(last().signals).toEqual(['SIGTERM']);
    await clock.pass(60_000);
    expect(last().signals).toEqual(['SIGTERM', 'SIGKILL']);
    expect(await over).toMatchObject({ result: { reason: 'timedOut', durationMs: 660_000 } });
    expect(clock.timers).toEqual([]);
  });

  it('has the grace of that clock for the rest of its group too', async () => {
    const process = await command().grace('1m').start();
    const handle = last();
    handle.fatal = ['SIGTERM'];
    handle.group = true;
    const over = process.stop();
    await clock.pass(59_999);
    expect(handle.signals).toEqual(['SIGTERM']);
    await clock.pass(100);
    expect(handle.signals).toEqual(['SIGTERM', 'SIGKILL']);
    handle.group = false;
    await clock.pass(1000);
    expect((await over).reason).toBe('stopped');
  });

  it('times out after a silence there', async () => {
    const process = await command().idleTimeout('1m').start();
    last().fatal = ['SIGTERM'];
    const over = process.wait().catch((error: unknown) => error);
    await clock.pass(50_000);
    last().stdout.write('.');
    await clock.pass(59_999);
    expect(last().signals).toEqual([]);
    await clock.pass(1);
    expect(await over).toMatchObject({ result: { reason: 'idleTimedOut', durationMs: 110_000 } });
  });

  it('waits for its output by that clock', async () => {
    const process = await command().start();
    const late = process.waitUntil((_, text) => text.includes('ready'), '1h');
    await clock.pass(3_599_999);
    expect(await isOver(late)).toBe(false);
    await clock.pass(1);
    await expect(late).rejects.toThrow('60 minutes');
    last().end();
    await process.wait();
  });

  it('stamps its output with the time of that clock', async () => {
    const process = await command().start();
    await clock.pass(250);
    last().stdout.write('late');
    await settled();
    last().end();
    const times: number[] = [];
    for await (const { at } of process.chunks()) times.push(at - 5_000_000);
    expect(times).toEqual([250]);
  });

  it('waits for output that is held open by that clock', async () => {
    const process = await command().start();
    last().exit();
    const over = process.wait();
    expect(await isOver(over)).toBe(false);
    await clock.pass(60_000);
    expect((await over).exitCode).toBe(0);
  });

  it('waits before its next attempt by that clock', async () => {
    const over = command().retry({ times: 1, delay: '5m' }).run();
    await settled();
    last().end({ exitCode: 1, signal: null });
    await clock.pass(299_999);
    expect(handles).toHaveLength(1);
    await clock.pass(1);
    expect(handles).toHaveLength(2);
    last().end();
    expect(await over).toMatchObject({ attempts: 2, exitCode: 0 });
    const retrying = events.events.find(({ name }) => name === 'ProcessRetrying');
    expect((retrying as ProcessRetrying).process.startedAt).toBe(5_000_000);
  });

  it('goes by the system where a process of the system stands behind it, between its attempts too', async () => {
    asReal = true;
    const over = command().timeout('1m').retry({ times: 1, delay: 1 }).run();
    await settled();
    await clock.pass(3_600_000);
    expect(last().signals).toEqual([]);
    last().end({ exitCode: 1, signal: null });
    while (handles.length < 2) await settled();
    await clock.pass(3_600_000);
    last().end();
    const result = await over;
    expect(result.attempts).toBe(2);
    expect(result.durationMs).toBeLessThan(3_600_000);
    expect(result.startedAt.getTime()).toBeGreaterThan(10_000_000);
    expect(clock.timers).toEqual([]);
  });

  it('goes by its own clock to the end, whichever counts by then', async () => {
    const takeOut = manager.useClock(new HandMadeClock());
    takeOut();
    const process = await command().timeout('1m').start();
    last().fatal = ['SIGTERM'];
    manager.useClock(new HandMadeClock());
    const over = process.wait().catch((error: unknown) => error);
    await clock.pass(60_000);
    expect(await over).toMatchObject({ result: { reason: 'timedOut' } });
  });

  it('is refused with a date of that clock', async () => {
    const refused = manager.command(['x']).driver('mine').timeout('1m');
    manager.extend('mine', () => ({
      name: 'mine',
      capabilities: localCapabilities,
      start: () => Promise.reject(new Error('no')),
    }));
    const error: unknown = await refused.run().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ result: { startedAt: new Date(5_000_000) } });
  });

  it('lets go of the clock when the manager is shut down', async () => {
    expect(manager.clock).toBe(clock);
    await manager.shutdown();
    expect(clock.released).toBe(1);
  });
});

describe('a manager without another clock', () => {
  it('goes by that of the system', () => {
    const manager = createProcessManager(resolveProcessConfig(), () => new RecordingDispatcher());
    expect(manager.clock).toBe(systemClock);
    const clock = new HandMadeClock();
    const takeOut = manager.useClock(() => clock);
    expect(manager.clock).toBe(clock);
    takeOut();
    expect(manager.clock).toBe(systemClock);
  });
});
