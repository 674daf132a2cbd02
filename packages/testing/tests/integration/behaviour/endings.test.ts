import 'reflect-metadata';
import { setImmediate } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import { outcomeOf, plainError, plainResult } from '../../support/behaviour/plain.js';
import { sameOnEveryDriver as same } from '../../support/behaviour/same-on-every-driver.js';

describe('an exit', () => {
  same(
    'is a result with everything that is known',
    async ({ play, announced }) => {
      const run = play('out hello', 'err careful', 'exit 3').tag('greeting').meta({ a: 1 });
      return [await outcomeOf(run.run()), announced()];
    },
    ([result]) =>
      expect(result).toMatchObject({ exitCode: 3, stdout: 'hello\n', stderr: 'careful\n' }),
  );

  same(
    'is explained in the error that throw() makes of it',
    async ({ play }) => [
      await outcomeOf(play('err why', 'exit 64').runOrFail()),
      await outcomeOf(play('out so far', 'exit 127').runOrFail()),
    ],
    ([usage]) => expect(usage?.['message']).toMatch(/exit code 64 \(Command line usage.*why/s),
  );

  same(
    'by a signal from outside is a result, and its error names it',
    async ({ play, announced }) => [
      await outcomeOf(play('out x', 'die SIGUSR2').run()),
      await outcomeOf(play('die SIGKILL').runOrFail()),
      announced(),
    ],
    ([result]) => expect(result).toMatchObject({ signal: 'SIGUSR2', reason: 'signaled' }),
  );
});

describe('a timeout', () => {
  same(
    'ends the process with a typed error that holds what was printed',
    async ({ play, announced }) => {
      const run = play('out partial', 'err problem', 'wait').timeout('5s').path('/');
      return [await outcomeOf(run.run()), announced()];
    },
    ([error]) =>
      expect(error).toMatchObject({
        name: 'ProcessTimedOutError',
        result: { stdout: 'partial\n', signal: 'SIGTERM', timedOut: true },
        calledFrom: 'endings.test.ts',
      }),
  );

  same(
    'kills what ignores the first signal, after the grace',
    async ({ play, announced }) => {
      const process = await play('ignore SIGTERM', 'out up', 'wait')
        .timeout('5s')
        .grace(50)
        .start();
      await process.expect('up');
      return [await outcomeOf(process.wait()), process.status(), announced()];
    },
    ([error]) => expect(error).toMatchObject({ result: { signal: 'SIGKILL', timedOut: true } }),
  );

  same(
    'of silence counts from the last output, also when nothing is kept',
    async ({ play }) => [
      await outcomeOf(play('out 1', 'pause 300', 'out 2', 'wait').idleTimeout('5s').run()),
      await outcomeOf(play('wait').quietly().idleTimeout(50).run()),
    ],
    ([error]) =>
      expect(error).toMatchObject({
        name: 'ProcessIdleTimedOutError',
        result: { stdout: '1\n2\n', reason: 'idleTimedOut' },
      }),
  );

  same(
    'is known to who only asks, and thrown again on request',
    async ({ play }) => {
      const process = await play('wait').timeout(100).start();
      process.ensureNotTimedOut();
      while (process.running()) await setImmediate();
      const waited = await outcomeOf(process.wait());
      const asked = plainError(caught(() => process.ensureNotTimedOut()));
      return [process.status(), waited, asked, await process.exitCode];
    },
    ([status]) => expect(status).toBe('timedOut'),
  );

  same(
    'passes over what ends in time',
    async ({ play, processes }) => [
      await outcomeOf(play('out x').timeout('1h').idleTimeout('1h').run()),
      processes.list().map(({ status }) => status),
    ],
    ([result]) => expect(result).toMatchObject({ exitCode: 0, reason: null }),
  );
});

describe('an abort', () => {
  same(
    'ends a process with its reason as the cause',
    async ({ play, announced }) => {
      const controller = new AbortController();
      const process = await play('out up', 'wait').abortWith(controller.signal).start();
      await process.expect('up');
      controller.abort(new Error('changed my mind'));
      return [await outcomeOf(process.wait()), announced()];
    },
    ([error]) =>
      expect(error).toMatchObject({
        name: 'ProcessCancelledError',
        cause: { message: 'changed my mind' },
        result: { stdout: 'up\n', cancelled: true },
      }),
  );

  same(
    'before the start starts nothing',
    async ({ play, processes, announced }) => [
      await outcomeOf(play('wait').abortWith(AbortSignal.abort('no')).run()),
      processes.list(),
      announced(),
    ],
    ([error, list]) => {
      expect(error).toMatchObject({ name: 'ProcessCancelledError', result: { pid: 'undefined' } });
      expect(list).toEqual([]);
    },
  );

  same(
    'at any moment of the start cancels it, and leaves nothing running',
    async ({ play, processes }) => {
      const seen: unknown[] = [];
      for (let turns = 0; turns < 20; turns++) {
        const controller = new AbortController();
        const run = outcomeOf(play('wait').abortWith(controller.signal).run());
        for (let turn = 0; turn < turns; turn++)
          await (turn < 14 ? Promise.resolve() : setImmediate());
        controller.abort('enough');
        const { name } = await run;
        seen.push([name, processes.activeProcesses.length]);
      }
      return seen;
    },
    (seen) => expect(seen).toEqual(Array(20).fill(['ProcessCancelledError', 0])),
  );
});

describe('a limit of output', () => {
  same(
    'ends the process with a typed error, and keeps what is within',
    async ({ play, announced }) => {
      const run = play('raw abcdefghij', 'wait').maxOutput(4);
      return [await outcomeOf(run.run()), announced()];
    },
    ([error]) =>
      expect(error).toMatchObject({
        name: 'OutputLimitError',
        result: { stdout: 'abcd', outputTruncated: true },
      }),
  );

  same(
    'ends what would print for ever',
    async ({ play }) => outcomeOf(play('yes y').maxOutput(1000).run()),
    (error) => expect(error).toMatchObject({ result: { stdout: 'y\n'.repeat(500) } }),
  );
});

describe('output that is held open after the exit', () => {
  same(
    'does not keep the result back, and is complete up to the exit',
    async ({ play, announced }) => [await outcomeOf(play('out done', 'leave').run()), announced()],
    ([result]) =>
      expect(result).toMatchObject({ stdout: 'done\n', exitCode: 0, outputHeldOpen: true }),
  );

  same(
    'is closed where the timeout is about to pass',
    async ({ play, announced }) => {
      const run = play('out done', 'leave').timeout('5s').drain({ idle: '3s' });
      return [await outcomeOf(run.run()), announced()];
    },
    ([result]) => expect(result).toMatchObject({ exitCode: 0, outputHeldOpen: true, error: null }),
  );
});

describe('a result so far', () => {
  same(
    'is no success yet, and has no exit code, signal or meaning',
    async ({ play, processes }) => {
      const process = await play('out up', 'read').interactive().start();
      const soFar = plainResult(await process.waitUntil('up'));
      const { status, exitCode } = processes.find(process.id) ?? {};
      await process.write('go on\n');
      return [soFar, [status, exitCode], await outcomeOf(process.wait())];
    },
    ([soFar, snapshot, result]) => {
      expect(snapshot).toEqual(['running', null]);
      expect(soFar).toMatchObject({ exitCode: null, exitText: '', ended: 'not yet' });
      expect(result).toMatchObject({ stdout: 'up\n<go on>\n' });
    },
  );
});

function caught(fn: () => unknown): unknown {
  try {
    return fn();
  } catch (error) {
    return error;
  }
}
