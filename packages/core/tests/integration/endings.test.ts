import { expect, it } from '@jest/globals';
import {
  InvalidArgumentError,
  ProcessCancelledError,
  ProcessIdleTimedOutError,
  ProcessNotRunningError,
  ProcessTimedOutError,
  type ProcessError,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { Lifeline } from '../support/lifeline.js';
import { script, sh } from '../support/programs.js';

/** Prints and then ignores every signal that it can. */
const STUBBORN = `
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
  setInterval(() => {}, 1000);
  process.stdout.write('stubborn');
`;
const SLEEP = ['sleep', '1000'] as const;

async function rejection<E extends ProcessError>(run: Promise<unknown>): Promise<E> {
  return run.then(
    () => {
      throw new Error('it was expected to reject');
    },
    (error: unknown) => error as E,
  );
}

onEveryDriver('a timeout', ({ manager, recorded }) => {
  it('ends the process with a typed error that holds what was printed', async () => {
    const run = manager().run(sh('echo partial; echo problem >&2; exec sleep 1000'), {
      timeout: '1s',
      cwd: '/',
    });
    const error = await rejection<ProcessTimedOutError>(run);
    expect(ProcessTimedOutError.is(error)).toBe(true);
    expect(ProcessIdleTimedOutError.is(error)).toBe(false);
    expect([error.limitMs, error.exceededTimeout()]).toEqual([1000, 1]);
    expect(error.message).toMatch(
      /exceeded its timeout of 1 second.*\n.*directory: \/\n.*problem/s,
    );
    expect(error.result).toMatchObject({
      stdout: 'partial\n',
      stderr: 'problem\n',
      reason: 'timedOut',
      timedOut: true,
      exitCode: null,
      signal: 'SIGTERM',
      error,
    });
  });

  it('kills what ignores the first signal', async () => {
    const { manager: processes, events } = recorded();
    const process = await processes.command(script(STUBBORN)).timeout('1s').grace(100).start();
    await process.expect('stubborn');
    const error = await rejection(process.wait());
    expect(error.result).toMatchObject({ signal: 'SIGKILL', timedOut: true, stdout: 'stubborn' });
    expect(events.names()).toEqual([
      'ProcessStarting',
      'ProcessStarted',
      'ProcessKilled',
      'ProcessKilled',
      'ProcessTimedOut',
      'ProcessFailed',
      'ProcessCompleted',
    ]);
  });

  it('of silence counts from the last output', async () => {
    const code = 'let n = 0; setInterval(() => { if (n++ < 5) process.stdout.write("."); }, 100)';
    const run = manager().command(script(code)).idleTimeout('2s').run();
    const error = await rejection<ProcessIdleTimedOutError>(run);
    expect(ProcessIdleTimedOutError.is(error)).toBe(true);
    expect(ProcessTimedOutError.is(error)).toBe(true);
    expect(error.limitMs).toBe(2000);
    expect(error.result).toMatchObject({ stdout: '.....', reason: 'idleTimedOut' });
  });

  it('of silence works although nothing is kept', async () => {
    const error = await rejection(manager().command(SLEEP).quietly().idleTimeout(50).run());
    expect(ProcessIdleTimedOutError.is(error)).toBe(true);
  });

  it('comes from the configuration unless the process has its own', async () => {
    const processes = manager({ timeout: 50 });
    expect(ProcessTimedOutError.is(await rejection(processes.run(SLEEP)))).toBe(true);
    expect((await processes.command(['true']).forever().run()).exitCode).toBe(0);
  });

  it('is thrown again by ensureNotTimedOut', async () => {
    const process = await manager().command(SLEEP).timeout(50).start();
    process.ensureNotTimedOut();
    const error = await rejection(process.wait());
    expect(() => {
      process.ensureNotTimedOut();
    }).toThrow(error);
    expect(process.status()).toBe('timedOut');
  });

  it('is over with the process: nothing is left to fire', async () => {
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const result = await manager().command(['true']).timeout('1h').idleTimeout('1h').run();
    expect(result.reason).toBeNull();
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

onEveryDriver('an abort', ({ manager }) => {
  it('before the start starts nothing', async () => {
    const processes = manager();
    const run = processes
      .command(SLEEP)
      .abortWith(AbortSignal.abort(new Error('why')))
      .run();
    const error = await rejection(run);
    expect(ProcessCancelledError.is(error)).toBe(true);
    expect(error.message).toMatch(/cancelled before it started: why/);
    expect(error.result).toMatchObject({ cancelled: true, pid: undefined });
    expect(processes.list()).toHaveLength(0);
  });

  it('ends a running process with its reason as the cause', async () => {
    const controller = new AbortController();
    const process = await manager().start(SLEEP, { signal: controller.signal });
    const reason = new Error('changed my mind');
    controller.abort(reason);
    const error = await rejection(process.wait());
    expect(ProcessCancelledError.is(error)).toBe(true);
    expect(error.cause).toBe(reason);
    expect(error.result).toMatchObject({ cancelled: true, signal: 'SIGTERM', reason: 'cancelled' });
    expect(await process.exitCode).toBeNull();
  });

  it('after the end changes nothing', async () => {
    const controller = new AbortController();
    const result = await manager().run(['true'], { signal: controller.signal });
    controller.abort();
    expect(result.reason).toBeNull();
  });

  it('by any of several signals ends it', async () => {
    const controllers = [new AbortController(), new AbortController()] as const;
    const pending = manager().command(SLEEP);
    for (const { signal } of controllers) pending.abortWith(signal);
    const launched = pending.launch({ signal: AbortSignal.timeout(50) });
    expect((await launched.outcome).reason).toBe('cancelled');
  });
});

onEveryDriver('a signal of ours', ({ manager, recorded }) => {
  it('by stop() is a result; stopping again, or afterwards, gives the same one', async () => {
    const { manager: processes, events } = recorded();
    const process = await processes.start(SLEEP);
    const [first, second] = await Promise.all([process.stop(), process.stop()]);
    expect(first).toMatchObject({ signal: 'SIGTERM', reason: 'stopped', error: null });
    expect(second).toBe(first);
    expect(await process.stop()).toBe(first);
    expect(process.status()).toBe('stopped');
    expect(events.names().slice(-2)).toEqual(['ProcessFailed', 'ProcessCompleted']);
    expect(events.names()).not.toContain('ProcessSignaled');
  });

  it('by stop() is followed by SIGKILL after the grace', async () => {
    const process = await manager().start(script(STUBBORN));
    await process.expect('stubborn');
    expect(await process.stop(50, 'SIGHUP')).toMatchObject({
      signal: 'SIGKILL',
      reason: 'stopped',
    });
  });

  it('may be handled: then the exit code is that of the program', async () => {
    const process = await manager().start(
      sh("trap 'exit 7' TERM; echo set; while :; do sleep 0.05; done"),
    );
    await process.expect('set');
    expect(await process.stop()).toMatchObject({ exitCode: 7, signal: null, reason: 'stopped' });
  });

  it('by kill() tells whether it was sent, and 0 only asks', async () => {
    const process = await manager().start(SLEEP);
    expect([process.kill(0), process.running(), process.status()]).toEqual([true, true, 'running']);
    expect(process.kill('SIGKILL')).toBe(true);
    expect(await process.wait()).toMatchObject({ signal: 'SIGKILL', reason: 'stopped' });
    expect([process.kill(0), process.kill(), process.running()]).toEqual([false, false, false]);
  });

  it('by signal() throws when the process has ended or the signal is unknown', async () => {
    const process = await manager().start(SLEEP);
    expect(() => process.signal('SIGNOPE' as never)).toThrow(InvalidArgumentError);
    expect(process.signal('SIGTERM')).toBe(process);
    await process.wait();
    expect(() => process.signal('SIGTERM')).toThrow(ProcessNotRunningError);
  });

  it('reaches the whole group', async () => {
    using lifeline = new Lifeline();
    const line = `(${lifeline.hold('sleep 1000')}) & (${lifeline.hold('sleep 1000')}) & wait`;
    const process = await manager().start(sh(line));
    await lifeline.pids(2);
    await process.stop();
    await lifeline.released();
  });

  it('kills what is left of the group when the leader goes and the rest ignores the signal', async () => {
    using lifeline = new Lifeline();
    const line = `(trap '' TERM; ${lifeline.hold('while :; do sleep 1; done')}) & wait`;
    const process = await manager().start(sh(line));
    await lifeline.pids(1);
    // Longer than the wait for the last output, which is not to end the wait for the group.
    expect(await process.stop(600)).toMatchObject({ reason: 'stopped' });
    await lifeline.released();
  });

  it('is sent when a process is disposed of', async () => {
    let ended: Promise<unknown>;
    {
      await using process = await manager().start(SLEEP);
      ended = process.wait();
    }
    expect(await ended).toMatchObject({ reason: 'stopped' });
  });
});

onEveryDriver('output that a descendant holds open', ({ manager }) => {
  it('does not keep the result back, and is complete up to the exit', async () => {
    using lifeline = new Lifeline();
    const line = `(${lifeline.hold('exec sleep 1000')}) & echo done`;
    const processes = manager();
    const result = await processes.run(sh(line));
    expect(result).toMatchObject({
      stdout: 'done\n',
      exitCode: 0,
      outputHeldOpen: true,
      error: null,
    });
    const [pid] = await lifeline.pids(1);
    process.kill(Number(pid), 'SIGKILL');
    await lifeline.released();
  });

  it('is waited for as long as it keeps coming', async () => {
    // Longer as a whole than the silence that ends it, which leaves room for a slow machine.
    const line = '(for i in 1 2 3 4 5 6; do sleep 0.4; echo $i; done) & echo started';
    const patient = manager().command(sh(line)).drain({ idle: '1.5s', longest: '1m' });
    expect(await patient.run()).toMatchObject({
      stdout: 'started\n1\n2\n3\n4\n5\n6\n',
      outputHeldOpen: false,
    });
  });
});
