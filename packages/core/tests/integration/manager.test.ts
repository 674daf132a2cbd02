import { describe, expect, it } from '@jest/globals';
import { Container } from 'inversify';
import {
  processModule,
  ProcessCancelledError,
  ProcessEvent,
  ProcessManager,
  ProcessOutput,
  ProcessStarted,
  ProviderError,
  ProcessStarting,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { Lifeline } from '../support/lifeline.js';
import { sh } from '../support/programs.js';

const SLEEP = ['sleep', '1000'] as const;

onEveryDriver('a manager', ({ manager }) => {
  it('lists what runs and what has finished, and forgets the finished on request', async () => {
    const processes = manager();
    await processes.run(['echo', 'x'], { tag: 'first', meta: { a: 1 } });
    const running = await processes.start(SLEEP);
    const [first, second] = processes.list();
    expect(processes.list()).toHaveLength(2);
    expect(first).toMatchObject({
      command: 'echo x',
      status: 'exited',
      exitCode: 0,
      signal: null,
      tag: 'first',
      meta: { a: 1 },
    });
    expect(second).toMatchObject({ id: running.id, pid: running.pid, status: 'running' });
    expect(processes.activeProcesses).toEqual([running]);
    expect(processes.find(running.id)?.command).toBe('sleep 1000');
    expect(processes.find('nobody')).toBeUndefined();
    expect(processes.cleanup()).toBe(1);
    expect(processes.cleanup()).toBe(0);
    expect(processes.list()).toHaveLength(1);
  });

  it('terminates by id, and says whether there was one', async () => {
    const processes = manager();
    const running = await processes.start(SLEEP);
    expect(await processes.terminate('nobody')).toBe(false);
    expect(await processes.terminate(running.id)).toBe(true);
    expect(processes.find(running.id)).toMatchObject({ status: 'stopped', signal: 'SIGTERM' });
    expect(await processes.terminate(running.id)).toBe(false);
  });

  it('kills by pid only what it has started', async () => {
    const [mine, other] = [manager(), manager()];
    const running = await mine.start(SLEEP);
    const pid = running.pid ?? 0;
    expect(await other.kill(pid)).toBe(false);
    expect(await mine.kill(process.pid)).toBe(false);
    expect(await mine.kill(pid, 'SIGINT')).toBe(true);
    expect(await running.wait()).toMatchObject({ signal: 'SIGINT' });
    expect(await mine.kill(pid)).toBe(false);
  });

  it('stops everything at its shutdown, once, and starts nothing more', async () => {
    using lifeline = new Lifeline();
    const processes = manager();
    const running = await Promise.all([
      processes.start(sh(lifeline.hold('sleep 1000 & sleep 1000'))),
      processes.start(SLEEP),
    ]);
    const waits = running.map((process) => process.wait().catch((error: unknown) => error));
    await lifeline.pids(1);
    await Promise.all([processes.shutdown(), processes.shutdown()]);
    await lifeline.released();
    for (const error of await Promise.all(waits)) {
      expect(ProcessCancelledError.is(error)).toBe(true);
      expect(String(error)).toMatch(/shut down/);
    }
    expect(processes.activeProcesses).toHaveLength(0);
    await expect(processes.run(['true'])).rejects.toThrow(/has been shut down/);
    await expect(processes.start(['true'])).rejects.toThrow(ProcessCancelledError);
  });

  it('stops also what was being started at its shutdown', async () => {
    const processes = manager();
    const run = processes.run(SLEEP).catch((error: unknown) => error);
    await processes.shutdown();
    expect(ProcessCancelledError.is(await run)).toBe(true);
    expect(processes.activeProcesses).toHaveLength(0);
  });

  it('makes no further attempt after its shutdown', async () => {
    const processes = manager();
    const launched = processes.command(['false']).retry(1000, 1).launch();
    await processes.shutdown();
    expect((await launched.outcome).attempts).toBeLessThan(1000);
  });

  it('gives methods of plug-ins an error that names their provider', () => {
    const processes = manager() as unknown as Record<string, () => unknown>;
    for (const [name, provider] of [
      ['pool', 'PoolServiceProvider of @proc/pool'],
      ['pipe', 'PipeServiceProvider of @proc/pipe'],
      ['map', 'WorkersServiceProvider of @proc/workers'],
      ['fake', 'TestingServiceProvider of @proc/testing'],
    ] as const) {
      expect(() => processes[name]?.()).toThrow(ProviderError);
      expect(() => processes[name]?.()).toThrow(provider);
    }
  });

  it('calls macros with itself', async () => {
    const processes = manager();
    processes.macro('shout', function (this: ProcessManager, word: string) {
      return this.run(['echo', word.toUpperCase()]);
    });
    const { shout } = processes as unknown as { shout(word: string): Promise<{ stdout: string }> };
    expect((await shout('hi')).stdout).toBe('HI\n');
    expect([processes.hasMacro('shout'), processes.hasMacro('run')]).toEqual([true, false]);
  });
});

onEveryDriver('lifecycle events', ({ recorded }) => {
  it('tell of a success', async () => {
    const { manager, events } = recorded();
    const result = await manager.run(['echo', 'x'], { tag: 't' });
    expect(events.names()).toEqual(['ProcessStarting', 'ProcessStarted', 'ProcessCompleted']);
    const [started] = events.of(ProcessStarted);
    expect(started).toMatchObject({
      attempt: 1,
      key: undefined,
      process: { pid: result.pid, tag: 't' },
    });
    expect(events.of(ProcessOutput).map(({ type, chunk }) => [type, chunk])).toEqual([
      ['out', 'x\n'],
    ]);
    expect(new Set(events.of(ProcessEvent).map(({ runId }) => runId)).size).toBe(1);
  });

  it('tell of a failure and of a signal from outside', async () => {
    const { manager, events } = recorded();
    await manager.run(['false']);
    expect(events.names().slice(2)).toEqual(['ProcessFailed', 'ProcessCompleted']);
    events.events.length = 0;
    await manager.run(sh('kill -s USR1 $$'));
    expect(events.names().slice(2)).toEqual([
      'ProcessSignaled',
      'ProcessFailed',
      'ProcessCompleted',
    ]);
  });

  it('carry output also when nothing is kept', async () => {
    const { manager, events } = recorded();
    await manager.command(['echo', 'x']).quietly().run();
    expect(events.of(ProcessOutput)).toHaveLength(1);
  });

  it('let a listener veto the start', async () => {
    const { manager, events } = recorded();
    events.onEvent = async (event) => {
      await Promise.resolve();
      if (event instanceof ProcessStarting) event.veto('not today');
    };
    await expect(manager.run(['true'])).rejects.toThrow(/not today/);
    await expect(manager.run(['true'])).rejects.toThrow(ProcessCancelledError);
    expect(manager.list()).toHaveLength(0);
  });
});

describe('processModule', () => {
  it('brings a manager to a plain container, and stops its processes when it is unloaded', async () => {
    const container = new Container();
    const module = processModule({ default: 'node' });
    await container.load(module);
    const manager = container.get(ProcessManager);
    expect(container.get(ProcessManager)).toBe(manager);
    using lifeline = new Lifeline();
    const running = await manager.start(sh(lifeline.hold('sleep 1000')));
    const wait = running.wait().catch((error: unknown) => error);
    await lifeline.pids(1);
    await container.unload(module);
    await lifeline.released();
    expect(ProcessCancelledError.is(await wait)).toBe(true);
  });

  it('refuses a bad configuration at once', () => {
    expect(() => processModule({ timeuot: 5 } as never)).toThrow('Did you mean "timeout"?');
  });
});
