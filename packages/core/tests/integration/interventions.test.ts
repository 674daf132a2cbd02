import { setImmediate } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import {
  InputSourceError,
  OutputCallbackError,
  OutputLimitError,
  ProcessCancelledError,
  ProcessKilled,
  ProcessSignaledError,
  ProcessTimedOutError,
  type ProcessError,
  type RunningProcess,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { Lifeline } from '../support/lifeline.js';
import { sh } from '../support/programs.js';

const rejection = async (run: Promise<unknown>): Promise<ProcessError> =>
  run.then(
    () => {
      throw new Error('it was expected to reject');
    },
    (error: unknown) => error as ProcessError,
  );

onEveryDriver('a process', ({ manager, recorded }) => {
  it.each<[string, (process: RunningProcess) => unknown, NodeJS.Signals]>([
    ['stop()', (process) => void process.stop(), 'SIGTERM'],
    ['kill()', (process) => process.kill('SIGKILL'), 'SIGKILL'],
    ['signal()', (process) => process.signal('SIGTERM'), 'SIGTERM'],
  ])('may be ended by %s from inside its output callback', async (_, end, signal) => {
    const processes = manager();
    const result = await processes.run(sh('echo up; exec sleep 1000'), () => {
      const [running] = processes.activeProcesses;
      if (running !== undefined) end(running);
    });
    expect(result).toMatchObject({ signal, reason: 'stopped', stdout: 'up\n', error: null });
  });

  it('gets the signal that is chosen, and goes on if it can take it', async () => {
    const line = "trap 'echo one' USR1; trap 'echo two; exit 5' USR2; echo up; ";
    const process = await manager().start(sh(`${line} while :; do sleep 0.05; done`));
    await process.expect('up');
    process.signal('SIGUSR1');
    await process.expect('one');
    expect(process.running()).toBe(true);
    process.signal('SIGUSR2');
    expect(await process.wait()).toMatchObject({ exitCode: 5, stdout: 'up\none\ntwo\n' });
  });

  it('that is killed by somebody else ends with a result, and its throw() with a typed error', async () => {
    const running = await manager().start(['sleep', '1000']);
    process.kill(running.pid ?? 0, 'SIGKILL');
    const result = await running.wait();
    expect(result).toMatchObject({ signal: 'SIGKILL', reason: 'signaled', shellCode: 137 });
    expect(running.status()).toBe('signaled');
    expect(() => result.throw()).toThrow(ProcessSignaledError);
    expect(() => result.throw()).toThrow(/ended by SIGKILL.*may have run out of memory/);
  });

  it('that we kill ends with a result that is no success', async () => {
    const running = await manager().start(['sleep', '1000']);
    running.kill('SIGKILL');
    const result = await running.wait();
    expect(result).toMatchObject({ signal: 'SIGKILL', reason: 'stopped', shellCode: 137 });
    expect([result.successful(), result.error]).toEqual([false, null]);
  });

  it('that crashes ends with the signal of its crash', async () => {
    const result = await manager().run(sh('kill -s SEGV $$'));
    expect(result).toMatchObject({
      signal: 'SIGSEGV',
      reason: 'signaled',
      exitText: 'Segmentation violation',
      shellCode: 139,
    });
  });

  it('that is frozen by SIGSTOP ends by its timeout', async () => {
    const running = await manager().command(['sleep', '1000']).timeout(300).grace('1h').start();
    running.signal('SIGSTOP');
    const error = await rejection(running.wait());
    expect(ProcessTimedOutError.is(error)).toBe(true);
    expect(error.result?.signal).toBe('SIGTERM');
  });

  it('that is frozen with all that it has started goes on to end by stop()', async () => {
    const { manager: processes, events } = recorded();
    // Not told of before the child is another program: it would have our trap until then.
    const code = `trap 'wait; echo bye; exit 3' TERM; sh -c 'echo up; exec sleep 1000' & wait`;
    const running = await processes.start(sh(code));
    await running.expect('up');
    running.signal('SIGSTOP');
    expect(await running.stop('1h')).toMatchObject({ exitCode: 3, stdout: 'up\nbye\n' });
    expect(events.of(ProcessKilled).map(({ signal }) => signal)).toEqual(['SIGSTOP', 'SIGTERM']);
  });

  it('that closes its output, but runs on, is waited for', async () => {
    const process = await manager()
      .command(sh('echo up; exec >&- 2>&-; read x; exit 3'))
      .interactive()
      .start();
    for await (const line of process.chunks({ stream: 'out' })) {
      expect(line.chunk).toBe('up\n');
      expect(process.running()).toBe(true);
      await process.write('\n');
    }
    expect(await process.wait()).toMatchObject({ exitCode: 3, stdout: 'up\n' });
  });

  it('that is sent a storm of signals ends once', async () => {
    const { manager: processes, events } = recorded();
    const process = await processes.start(
      sh("trap '' USR1 USR2 HUP INT; echo up; while :; do sleep 0.02; done"),
    );
    await process.expect('up');
    for (let count = 0; count < 1000; count++) {
      process.kill((['SIGUSR1', 'SIGUSR2', 'SIGHUP', 'SIGINT'] as const)[count % 4]);
      if (count % 100 === 0) await setImmediate();
      if (count > 900) void process.stop(10_000 - count, count % 2 ? 'SIGTERM' : 'SIGINT');
    }
    expect(await process.wait()).toMatchObject({ reason: 'stopped', signal: 'SIGTERM' });
    const ends = ['ProcessFailed', 'ProcessCompleted'];
    expect(events.names().filter((name) => ends.includes(name))).toEqual(ends);
  });
});

onEveryDriver('what was printed so far', ({ manager }) => {
  const talk = sh('echo out; echo err >&2; cat; exec sleep 1000');

  it('is in the result of an abort', async () => {
    const controller = new AbortController();
    const process = await manager().start(talk, { signal: controller.signal });
    await process.expect('err');
    controller.abort();
    const error = await rejection(process.wait());
    expect(ProcessCancelledError.is(error)).toBe(true);
    expect(error.result).toMatchObject({ stdout: 'out\n', stderr: 'err\n' });
  });

  it('is in the result of a callback that throws', async () => {
    const run = manager().run(talk, (type) => {
      if (type === 'err') throw new Error('no more');
    });
    const error = await rejection(run);
    expect(OutputCallbackError.is(error)).toBe(true);
    expect(error.result?.stderr).toBe('err\n');
  });

  it('is in the result of an input that fails', async () => {
    const input = async function* (): AsyncGenerator<string> {
      yield await Promise.resolve('in\n');
      const [running] = processes.activeProcesses;
      await running?.expect('in');
      throw new Error('no more');
    };
    const processes = manager();
    const error = await rejection(processes.command(talk).input(input()).run());
    expect(InputSourceError.is(error)).toBe(true);
    expect(error.result).toMatchObject({ stdout: 'out\nin\n', stderr: 'err\n' });
  });
});

onEveryDriver('a limit of output', ({ manager }) => {
  it('ends also a program that prints nothing more, and its descendants', async () => {
    using lifeline = new Lifeline();
    const line = `(${lifeline.hold('exec sleep 1000')}) & read x; head -c 2000 /dev/zero; wait`;
    const process = await manager().command(sh(line)).interactive().maxOutput(1000).start();
    await lifeline.pids(1);
    await process.write('\n');
    const error = await rejection(process.wait());
    expect(OutputLimitError.is(error)).toBe(true);
    expect(error.result?.bytes()).toEqual(Buffer.alloc(1000));
    await lifeline.released();
  });
});

onEveryDriver('leaving a loop over the lines of a description', ({ manager }) => {
  it('ends a program that is silent', async () => {
    using lifeline = new Lifeline();
    const line = lifeline.hold('echo up; exec sleep 1000');
    for await (const text of manager().command(sh(line)).lines()) {
      expect(text).toBe('up');
      break;
    }
    await lifeline.released();
  });
});

onEveryDriver('an abort', ({ manager }) => {
  it('at any moment of the start cancels it, and leaves nothing running', async () => {
    const processes = manager();
    for (let turns = 0; turns < 24; turns++) {
      const controller = new AbortController();
      const run = rejection(processes.run(['sleep', '1000'], { signal: controller.signal }));
      for (let turn = 0; turn < turns; turn++)
        await (turn < 16 ? Promise.resolve() : setImmediate());
      controller.abort();
      controller.abort();
      expect(ProcessCancelledError.is(await run)).toBe(true);
      expect(processes.activeProcesses).toHaveLength(0);
    }
  });
});
