import 'reflect-metadata';
import { setImmediate } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import { ProcessKilled, type RunningProcess } from '@proc/core';
import { outcomeOf, plainError } from '../../support/behaviour/plain.js';
import { sameOnEveryDriver as same } from '../../support/behaviour/same-on-every-driver.js';

describe('stop()', () => {
  same(
    'gives a result, and the same one again and afterwards',
    async ({ play, announced }) => {
      const process = await play('out up', 'wait').start();
      await process.expect('up');
      const [first, second] = await Promise.all([process.stop(), process.stop()]);
      const again = await process.stop();
      const seen = await outcomeOf(Promise.resolve(first));
      return [seen, first === second, first === again, process.status(), announced()];
    },
    ([result, ...same]) => {
      expect(result).toMatchObject({ signal: 'SIGTERM', reason: 'stopped', error: null });
      expect(same.slice(0, 3)).toEqual([true, true, 'stopped']);
    },
  );

  same(
    'is followed by SIGKILL after the grace, whatever the first signal was',
    async ({ play, announced }) => {
      const process = await play('ignore SIGHUP', 'out up', 'wait').start();
      await process.expect('up');
      return [await outcomeOf(process.stop(50, 'SIGHUP')), announced()];
    },
    ([result]) => expect(result).toMatchObject({ signal: 'SIGKILL', reason: 'stopped' }),
  );

  same(
    'lets a program end in its own way',
    async ({ play, announced }) => {
      const process = await play('on SIGTERM 7', 'out up', 'wait').start();
      await process.expect('up');
      return [await outcomeOf(process.stop()), announced()];
    },
    ([result]) =>
      expect(result).toMatchObject({ exitCode: 7, reason: 'stopped', stdout: 'up\ngot SIGTERM\n' }),
  );

  same(
    'comes with SIGCONT, which no event tells of, also where nothing was stopped',
    async ({ play, events }) => {
      const process = await play('ignore SIGTERM', 'on SIGCONT 7', 'out up', 'wait').start();
      await process.expect('up');
      const result = await outcomeOf(process.stop('1h'));
      const killed = events.events.filter((event) => event instanceof ProcessKilled);
      return [result, killed.map(({ signal }) => signal)];
    },
    ([result, signals]) => {
      expect(result).toMatchObject({ exitCode: 7, stdout: 'up\ngot SIGCONT\n' });
      expect(signals).toEqual(['SIGTERM']);
    },
  );

  same(
    'comes with the end of an await using',
    async ({ play }) => {
      let ended: Promise<unknown>;
      {
        await using process = await play('wait').start();
        ended = outcomeOf(process.wait());
      }
      return ended;
    },
    (result) => expect(result).toMatchObject({ reason: 'stopped' }),
  );
});

describe('signal() and kill()', () => {
  same(
    'reach a program that goes on, and one that ends by it',
    async ({ play, announced }) => {
      const process = await play('tell SIGUSR2', 'out up', 'wait').start();
      await process.expect('up');
      process.signal('SIGUSR2');
      await process.expect('got SIGUSR2');
      const between = process.running();
      process.signal(2);
      return [between, await outcomeOf(process.wait()), announced()];
    },
    ([between, result]) => {
      expect(between).toBe(true);
      expect(result).toMatchObject({ signal: 'SIGINT', reason: 'stopped' });
    },
  );

  same(
    'tell whether there was anything to reach',
    async ({ play }) => {
      const process = await play('wait').start();
      const before = [process.kill(0), process.kill('SIGKILL')];
      const result = await outcomeOf(process.wait());
      const error = plainError(caught(() => process.signal('SIGTERM')));
      const unknown = plainError(caught(() => process.signal('SIGNOPE' as never)));
      return [before, result, process.kill(0), process.kill(), error, unknown];
    },
    ([before, result, ...after]) => {
      expect(before).toEqual([true, true]);
      expect(result).toMatchObject({ signal: 'SIGKILL', reason: 'stopped' });
      expect(after).toMatchObject([
        false,
        false,
        { code: 'ERR_PROC_NOT_RUNNING' },
        { code: 'ERR_PROC_INVALID_ARGUMENT' },
      ]);
    },
  );

  same(
    'of a kind that ends nothing leave a program as it is',
    async ({ play }) => {
      const process = await play('out up', 'read').interactive().start();
      await process.expect('up');
      process.signal('SIGCONT').signal('SIGWINCH').signal('SIGCHLD').signal('SIGURG');
      await process.write('on\n');
      return outcomeOf(process.wait());
    },
    (result) => expect(result).toMatchObject({ exitCode: 0, stdout: 'up\n<on>\n' }),
  );

  same(
    'by SIGSTOP freeze a program until SIGCONT; what is sent between comes then',
    async ({ play }) => {
      const process = await play('tell SIGUSR2', 'out up', 'read', 'wait').interactive().start();
      await process.expect('up');
      process.signal('SIGSTOP').signal('SIGUSR2');
      await process.write('while frozen\n');
      await expect(process.expect('got', 100)).rejects.toThrow('without output');
      const frozen = [process.running(), process.output()];
      process.signal('SIGCONT');
      const wanted = ['got SIGUSR2', '<while frozen>'];
      await process.waitUntil(() => wanted.every((text) => process.output().includes(text)));
      const { signal, stdout } = await process.stop();
      return [frozen, signal, stdout.split('\n').sort()];
    },
    (seen) =>
      expect(seen).toEqual([
        [true, 'up\n'],
        'SIGTERM',
        ['', '<while frozen>', 'got SIGUSR2', 'up'],
      ]),
  );

  same(
    'by SIGSTOP and its like freeze a program until one SIGCONT, however many there were',
    async ({ play }) => {
      const process = await play('out up', 'read').interactive().start();
      await process.expect('up');
      process.signal('SIGSTOP').signal('SIGSTOP').signal('SIGTSTP').signal('SIGCONT');
      await process.write('on\n');
      return outcomeOf(process.wait());
    },
    (result) => expect(result).toMatchObject({ exitCode: 0, stdout: 'up\n<on>\n' }),
  );

  same(
    'by SIGSTOP keep a program from no signal that ends it',
    async ({ play, events }) => {
      const process = await play('out up', 'wait').timeout('5s').grace('1h').start();
      await process.expect('up');
      process.signal('SIGSTOP');
      const result = await outcomeOf(process.wait());
      const killed = events.events.filter((event) => event instanceof ProcessKilled);
      return [result, killed.map(({ signal }) => signal)];
    },
    ([error, signals]) => {
      expect(error).toMatchObject({ result: { signal: 'SIGTERM', timedOut: true } });
      expect(signals).toEqual(['SIGSTOP', 'SIGTERM']);
    },
  );

  same(
    'by SIGSTOP leave a program that ignores the one that ends it to SIGKILL',
    async ({ play }) => {
      const process = await play('ignore SIGTERM', 'out up', 'wait').start();
      await process.expect('up');
      process.signal('SIGSTOP');
      return outcomeOf(process.stop(50));
    },
    (result) => expect(result).toMatchObject({ signal: 'SIGKILL', reason: 'stopped' }),
  );

  same(
    'in a storm end a program once',
    async ({ play, events }) => {
      const names = ['SIGUSR2', 'SIGHUP', 'SIGINT'] as const;
      const steps = names.map((name) => `ignore ${name}`);
      const process = await play(...steps, 'out up', 'wait').start();
      await process.expect('up');
      for (let count = 0; count < 300; count++) {
        process.kill(names[count % 3]);
        if (count % 100 === 0) await setImmediate();
        if (count > 250) void process.stop(10_000 - count, count % 2 ? 'SIGTERM' : 'SIGINT');
      }
      const result = await outcomeOf(process.wait());
      const ends = ['ProcessFailed', 'ProcessCompleted'];
      return [result, events.events.map(({ name }) => name).filter((name) => ends.includes(name))];
    },
    ([result, ends]) => {
      expect(result).toMatchObject({ reason: 'stopped', signal: 'SIGTERM' });
      expect(ends).toEqual(['ProcessFailed', 'ProcessCompleted']);
    },
  );

  for (const [name, end] of [
    ['stop()', (process: RunningProcess) => void process.stop()],
    ['kill()', (process: RunningProcess) => void process.kill('SIGKILL')],
    ['signal()', (process: RunningProcess) => void process.signal('SIGTERM')],
  ] as const) {
    same(
      `end a program from inside its output callback, by ${name}`,
      async ({ play, processes }) =>
        outcomeOf(
          play('out up', 'wait').run(() => {
            const [running] = processes.activeProcesses;
            if (running !== undefined) end(running);
          }),
        ),
      (result) => expect(result).toMatchObject({ reason: 'stopped', stdout: 'up\n', error: null }),
    );
  }
});

function caught(fn: () => unknown): unknown {
  try {
    return fn();
  } catch (error) {
    return error;
  }
}
