import 'reflect-metadata';
import { setImmediate } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import { outcomeOf } from '../../support/behaviour/plain.js';
import { sameOnEveryDriver as same } from '../../support/behaviour/same-on-every-driver.js';

const never = (): Promise<void> => new Promise(() => undefined);

describe('an output callback', () => {
  same(
    'is told everything, with the key of its entry',
    async ({ play }) => {
      const heard = { out: '', err: '' };
      const keys = new Set<unknown>();
      const launched = play('out a', 'err b', 'raw c').launch({
        key: 'entry',
        onOutput: (type, chunk, key) => {
          heard[type] += chunk;
          keys.add(key);
        },
      });
      return [await outcomeOf(launched.outcome), heard, [...keys]];
    },
    ([, ...heard]) => expect(heard).toEqual([{ out: 'a\nc', err: 'b\n' }, ['entry']]),
  );

  same(
    'never gets a part of a character',
    async ({ play }) => {
      const bytes = [...Buffer.from('\u20ac\u{1f600}')].map((byte) => `hex ${byte.toString(16)}`);
      const steps = bytes.flatMap((step) => [step, 'pause 5']);
      const chunks: string[] = [];
      await play(...steps).run((_, chunk) => void chunks.push(chunk));
      const whole = chunks.every((chunk) => /^[\u20ac\u{1f600}]+$/u.test(chunk));
      return [chunks.join(''), whole];
    },
    (seen) => expect(seen).toEqual(['\u20ac\u{1f600}', true]),
  );

  for (const [name, fail] of [
    [
      'throws',
      (error: Error): never => {
        throw error;
      },
    ],
    ['rejects', (error: Error): Promise<never> => Promise.reject(error)],
  ] as const) {
    same(
      `that ${name} ends the program, with its error as the cause`,
      async ({ play, announced }) => {
        let calls = 0;
        const run = play('out up', 'wait').run(() => {
          calls++;
          return fail(new Error('no more'));
        });
        return [await outcomeOf(run), calls, announced()];
      },
      ([error, calls]) => {
        expect(error).toMatchObject({
          name: 'OutputCallbackError',
          cause: { message: 'no more' },
          result: { stdout: 'up\n', reason: 'callbackFailed', signal: 'SIGTERM' },
        });
        expect(calls).toBe(1);
      },
    );
  }

  same(
    'holds the program back while its promise is pending, and is called one at a time',
    async ({ play, processes }) => {
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      let active = 0;
      let most = 0;
      const process = await play('yes 0123456789')
        .idleTimeout('10s')
        .start(async () => {
          active++;
          most = Math.max(most, active);
          await held;
          active--;
        });
      await process.expect('0123456789');
      for (let turn = 0; turn < 50; turn++) await setImmediate();
      const before = process.output().length;
      for (let turn = 0; turn < 50; turn++) await setImmediate();
      const after = process.output().length;
      const stopped = process.stop();
      release();
      await stopped;
      return [most, before === after, processes.activeProcesses.length];
    },
    (seen) => expect(seen).toEqual([1, true, 0]),
  );

  same(
    'given to wait() takes the place of the one before, or hears what nobody has',
    async ({ play }) => {
      const seen: string[] = [];
      const steps = ['out first', 'read', 'out second'];
      const first = await play(...steps)
        .interactive()
        .start((_, chunk) => void seen.push(`start ${chunk}`));
      await first.expect('first');
      const wait = first.wait((_, chunk) => void seen.push(`wait ${chunk}`));
      await first.write('on\n');
      await wait;
      const second = await play('out a', 'out b').start();
      await second.wait();
      let late = '';
      await second.wait((_, chunk) => void (late += chunk));
      return [seen.join('').replace(/wait /g, ''), late];
    },
    (seen) => expect(seen).toEqual(['start first\n<on>\nsecond\n', 'a\nb\n']),
  );

  same(
    'that fails after the exit makes the run fail',
    async ({ play, processes }) =>
      outcomeOf(
        play('out hi').run(async () => {
          const [running] = processes.activeProcesses;
          while (running?.running() === true) await setImmediate();
          throw new Error('the database has gone');
        }),
      ),
    (error) =>
      expect(error).toMatchObject({
        name: 'OutputCallbackError',
        result: { exitCode: 0, stdout: 'hi\n' },
      }),
  );

  same(
    'that never finishes is not waited for beyond a timeout, an abort or a stop',
    async ({ play }) => {
      const stopped = await play('out hi').start(never);
      await stopped.expect('hi');
      return [
        await outcomeOf(play('out hi').timeout('5s').run(never)),
        await outcomeOf(play('out hi').abortWith(AbortSignal.timeout(5000)).run(never)),
        (await stopped.stop()).stdout,
      ];
    },
    ([late, aborted]) => {
      expect(late).toMatchObject({ name: 'ProcessTimedOutError', result: { stdout: 'hi\n' } });
      expect(aborted).toMatchObject({ name: 'ProcessCancelledError' });
    },
  );

  same(
    'is silent about a program that is held back: it is not idle',
    async ({ play }) => {
      const run = play('out a').idleTimeout('5s');
      // As long as another one may be idle, which began later.
      const another = async (): Promise<void> => {
        await outcomeOf(play('wait').idleTimeout('5s').run());
      };
      return outcomeOf(run.run(another));
    },
    (result) => expect(result).toMatchObject({ exitCode: 0, reason: null }),
  );
});

describe('output that passes quickly', () => {
  same(
    'does not keep a timeout from coming',
    async ({ play }) => {
      let bytes = 0;
      const run = play('yes y')
        .quietly()
        .timeout('5s')
        .run((_, chunk) => void (bytes += chunk.length));
      return [await outcomeOf(run), bytes > 0];
    },
    ([error, printed]) => {
      expect(error).toMatchObject({ name: 'ProcessTimedOutError' });
      expect(printed).toBe(true);
    },
  );
});
