import 'reflect-metadata';
import { describe, expect } from '@jest/globals';
import { ProcessStarting, type ProcessMiddleware, type ProcessResult } from '@proc/core';
import { outcomeOf, plainError } from '../../support/behaviour/plain.js';
import { sameOnEveryDriver as same } from '../../support/behaviour/same-on-every-driver.js';

const MISSING = ['no-such-program-anywhere'];

describe('a program that can not be started', () => {
  same(
    'is told by its kind, run, started or launched',
    async ({ play, processes, announced }) => [
      await outcomeOf(processes.run(MISSING)),
      await processes.start(MISSING).catch(plainError),
      await outcomeOf(processes.run(['/not/there/either'])),
      await outcomeOf(processes.run([__filename])),
      await outcomeOf(play('out x').path(__filename).run()),
      await outcomeOf(processes.run(['true', 'x'.repeat(3_000_000)])),
      await outcomeOf(processes.command(MISSING).launch().outcome),
      processes.list(),
      announced(),
    ],
    (seen) =>
      expect(seen.slice(0, 6)).toMatchObject([
        { name: 'CommandNotFoundError', result: { shellCode: 127, reason: 'failedToStart' } },
        { name: 'CommandNotFoundError', calledFrom: 'runs.test.ts' },
        { name: 'CommandNotFoundError', message: expect.stringContaining('no such file') },
        { name: 'NotExecutableError', message: expect.stringContaining('may not be executed') },
        { name: 'WorkingDirectoryError', message: expect.stringContaining('not a directory') },
        { name: 'ArgumentListTooLongError' },
      ]),
  );

  same(
    'is refused before, where it could not work',
    async ({ play, processes }) => {
      const refused: readonly (() => Promise<never>)[] = [
        () => processes.run('') as Promise<never>,
        () => processes.run(['echo', 'a\0b']) as Promise<never>,
        () => processes.run('echo', ['x'], { shell: true }) as Promise<never>,
        () => processes.run('x', { cdw: '/' } as never) as Promise<never>,
        () => play('out x').env({ A: '${NOT_SET_ANYWHERE}' }).expandEnv().run() as Promise<never>,
        () => play('cat').input('x').interactive().run() as Promise<never>,
        () =>
          play('out x')
            .output({ stdout: { file: '/not/there/x' } })
            .run() as Promise<never>,
        () => play('out x').tty().run() as Promise<never>,
      ];
      const seen: unknown[] = [];
      for (const run of refused) seen.push(await outcomeOf(run()));
      return [seen, processes.list()];
    },
    ([seen, list]) => {
      expect((seen as readonly { readonly ours: boolean }[]).map(({ ours }) => ours)).toEqual(
        Array(8).fill(true),
      );
      expect(list).toEqual([]);
    },
  );
});

describe('a retried run', () => {
  same(
    'asks its predicate, waits longer each time, and announces each attempt',
    async ({ play, announced }) => {
      const asked: unknown[] = [];
      const run = play('out x', 'exit 5').retry({
        times: 3,
        delay: 5,
        factor: 3,
        when: (result, attempt) => {
          asked.push([result.exitCode, attempt]);
          return attempt < 3;
        },
      });
      return [await outcomeOf(run.run()), asked, announced()];
    },
    ([result, asked]) => {
      expect(result).toMatchObject({ exitCode: 5, attempts: 3 });
      expect(asked).toEqual([
        [5, 1],
        [5, 2],
        [5, 3],
      ]);
    },
  );

  same(
    'tries again after a timeout and a failed start, but not after a cancellation',
    async ({ play, processes }) => [
      (await play('wait').timeout(20).retry(1).launch().outcome).attempts,
      (await processes.command(MISSING).retry(2).launch().outcome).attempts,
      (await play('out x').abortWith(AbortSignal.abort()).retry(2).launch().outcome).attempts,
      await outcomeOf(play('cat', 'exit 1').input(['a', 'b']).retry(1).run()),
      await outcomeOf(
        play('exit 1')
          .retry(2, 1, () => Promise.reject(new Error('no idea')))
          .run(),
      ),
    ],
    (seen) => {
      expect(seen.slice(0, 3)).toEqual([2, 3, 1]);
      expect(seen.slice(3)).toMatchObject([
        { stdout: 'ab', attempts: 2 },
        { name: 'MiddlewareError', cause: { message: 'no idea' } },
      ]);
    },
  );

  same(
    'is cut short by an abort or a stop during its delay',
    async ({ play, events }) => {
      const controller = new AbortController();
      let retrying = (): void => undefined;
      events.onEvent = ({ name }) => (name === 'ProcessRetrying' ? retrying() : undefined);
      const aborted = play('exit 1').retry(5, '1h').abortWith(controller.signal);
      const cut = new Promise<void>((resolve) => (retrying = resolve));
      const run = outcomeOf(aborted.run());
      await cut;
      controller.abort('enough');
      const first = await run;
      const launched = play('exit 1').retry(5, '1h').launch();
      await new Promise<void>((resolve) => (retrying = resolve));
      const running = launched.running();
      return [first, running, await outcomeOf(launched.stop())];
    },
    ([error, running, result]) => {
      expect(error).toMatchObject({ name: 'ProcessCancelledError' });
      expect([running, result]).toMatchObject([true, { exitCode: 1, attempts: 1 }]);
    },
  );
});

describe('middleware', () => {
  same(
    'wraps every attempt, and may replace specification and result',
    async ({ play, processes }) => {
      const log: string[] = [];
      const note =
        (name: string): ProcessMiddleware =>
        async (spec, next) => {
          log.push(`${name} before`);
          const result = await next({ ...spec, tag: name });
          log.push(`${name} after ${String(result.exitCode)} ${String(result.tag)}`);
          return result;
        };
      processes.use(note('a')).use(note('b'));
      const retried = await outcomeOf(play('exit 1').retry(1).run());
      const other = await play('out other').run();
      processes.use(async (spec, next) => {
        await next(spec);
        return other;
      });
      const process = await play('out mine').start();
      return [
        log,
        retried,
        (await process.wait()) === other,
        (await play('out x').run()) === other,
      ];
    },
    ([log, retried, ...replaced]) => {
      const attempt = ['a before', 'b before', 'b after 1 b', 'a after 1 b'];
      expect((log as string[]).slice(0, 8)).toEqual([...attempt, ...attempt]);
      expect(retried).toMatchObject({ tag: 'b', attempts: 2 });
      expect(replaced).toEqual([true, true]);
    },
  );

  same(
    'may answer in place of a program, sees failed starts as results, and may fail itself',
    async ({ play, processes }) => {
      const reasons: unknown[] = [];
      const answers: ProcessResult[] = [];
      let fault: Error | undefined;
      processes.use(async (spec, next) => {
        if (answers[0] !== undefined) return answers[0];
        const result = await next(spec);
        reasons.push(result.reason);
        if (fault !== undefined) throw fault;
        return result;
      });
      const missing = await outcomeOf(processes.run(MISSING));
      fault = new Error('too late');
      const failed = await outcomeOf(play('out x').run());
      fault = undefined;
      answers.push(await play('out x').launch().outcome);
      const instead = (await processes.run(MISSING)) === answers[0];
      return [
        missing,
        reasons,
        failed,
        instead,
        await outcomeOf(processes.start(MISSING) as never),
      ];
    },
    ([, reasons, failed, instead, started]) => {
      expect([reasons, instead]).toEqual([['failedToStart', null, null], true]);
      expect([failed, started]).toMatchObject([
        { name: 'MiddlewareError', cause: { message: 'too late' }, result: { stdout: 'x\n' } },
        { name: 'MiddlewareError' },
      ]);
    },
  );

  same(
    'leaves macros, vetoes and templates what they are',
    async ({ play, processes, events, announced }) => {
      processes.macro('twice', function (this: typeof processes, word: string) {
        return play(`out ${word}${word}`).run();
      });
      const { twice } = processes as unknown as {
        twice(word: string): Promise<{ stdout: string }>;
      };
      const doubled = (await twice('ab')).stdout;
      events.onEvent = (event) => {
        if (event instanceof ProcessStarting) event.veto('not today');
      };
      const vetoed = await outcomeOf(play('out x').run());
      return [doubled, vetoed, processes.list().length, announced()];
    },
    ([doubled, vetoed]) => {
      expect(doubled).toBe('abab\n');
      expect(vetoed).toMatchObject({
        name: 'ProcessCancelledError',
        message: expect.stringContaining('not today'),
      });
    },
  );
});

describe('a description', () => {
  same(
    'can be run many times, and changes reach only what is started later',
    async ({ play }) => {
      const pending = play('cat', 'env NAME', 'wait').input('first\n').env({ NAME: 'a' });
      const [one, two] = [await pending.start(), await pending.start()];
      pending.input('second\n').env({ NAME: 'b' }).timeout(1);
      await Promise.all([one.expect('NAME'), two.expect('NAME')]);
      const different = one.pid !== two.pid && one.id !== two.id;
      const results = [await one.stop(), await two.stop()].map(({ stdout }) => stdout);
      return [different, results, await outcomeOf(pending.forever().timeout('5s').run())];
    },
    ([different, results, late]) => {
      expect([different, results]).toEqual([true, Array(2).fill('first\nNAME=a\n')]);
      expect(late).toMatchObject({ result: { stdout: 'second\nNAME=b\n' } });
    },
  );
});
