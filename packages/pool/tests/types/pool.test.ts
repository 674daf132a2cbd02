import { describe, test } from '@jest/globals';
import type {
  OutputType,
  PendingProcess,
  ProcessError,
  ProcessManager,
  ProcessResult,
} from '@proc/core';
import { secret } from '@proc/core';
import {
  readJournal,
  type CompletedEntry,
  type JournalEndedRecord,
  type JournalErrorRecord,
  type JournalRecord,
  type JournalRunRecord,
  type JournalStartedRecord,
  type Pool,
  type PoolChunkCallback,
  type PoolKey,
  type PoolOutputCallback,
  type PoolResults,
  type RestoredError,
} from '@proc/pool';
import { progressBar, type ProgressBar } from '@proc/pool/progress';
import { expectTypeOf } from 'expect-type';

declare const processes: ProcessManager;
declare const pool: Pool;

/** Looked at by the compiler; never run. */
function unused(..._checks: (() => unknown)[]): void {}

describe('the types of pools', () => {
  test('let an inline callback know what it receives, in all its forms', () => {
    unused(
      () => pool.start((output) => expectTypeOf(output).toEqualTypeOf<string>() as unknown as void),
      () =>
        pool.start((type, chunk) => {
          expectTypeOf(type).toEqualTypeOf<OutputType>();
          expectTypeOf(chunk).toEqualTypeOf<string>();
        }),
      () =>
        pool.run(async (type, chunk, key) => {
          expectTypeOf(type).toEqualTypeOf<OutputType>();
          expectTypeOf(chunk).toEqualTypeOf<string>();
          expectTypeOf(key).toEqualTypeOf<PoolKey>();
        }),
      () =>
        processes.concurrently([], (_type, _chunk, key) => {
          expectTypeOf(key).toEqualTypeOf<PoolKey>();
        }),
      () =>
        processes.concurrently([], (output) => {
          expectTypeOf(output).toEqualTypeOf<string>();
        }),
      () => processes.concurrently([], { concurrency: 2 }),
    );
  });

  test('take callbacks that are declared elsewhere', () => {
    type Callable = Parameters<typeof pool.start>[0];
    expectTypeOf<PoolOutputCallback>().toExtend<Callable>();
    expectTypeOf<PoolChunkCallback>().toExtend<Callable>();
    expectTypeOf<PoolOutputCallback | undefined>().toExtend<Callable>();
    expectTypeOf<null>().toExtend<Callable>();
  });

  test('refuse callbacks of another shape', () => {
    unused(
      // @ts-expect-error chunks are text
      () => pool.start((chunk: Buffer) => chunk.fill(0)),
    );
  });

  test('give the manager its pools', () => {
    expectTypeOf<ProcessManager['pool']>().returns.toEqualTypeOf<Pool>();
    expectTypeOf<ProcessManager['concurrently']>().returns.toEqualTypeOf<Promise<PoolResults>>();
  });

  test('take every kind of definition', () => {
    unused(
      () =>
        processes.pool(
          (builder) =>
            expectTypeOf(builder.command('ls')).toEqualTypeOf<PendingProcess>() as unknown as void,
        ),
      () => processes.pool((builder) => [builder.command('ls'), builder.as('x').path('/')]),
      () => processes.pool(['ls -l', ['ls', '-l'], { command: 'ls', cwd: '/', key: 'x' }]),
      () => processes.pool([processes.command('ls')]),
      () => processes.pool([['curl', secret('token')]]),
      () => processes.pool({ a: 'ls', b: ['ls', '-l'] }),
      () => processes.pool(new Map([['a', 'ls']])),
      () => processes.pool(new Set(['ls'])),
      () =>
        processes.pool(
          (async function* () {
            yield 'ls';
          })(),
        ),
      () => processes.pool([], { collect: false }),
      // @ts-expect-error results are collected, or not
      () => processes.pool([], { collect: 10 }),
      // @ts-expect-error a number is no command
      () => processes.pool([1]),
      // @ts-expect-error there is no such option
      () => processes.pool([], { maxProcess: 3 }),
      // @ts-expect-error a share ends in %
      () => processes.pool([], { halt: { when: 'now', fail: '10' } }),
    );
  });

  test('destructure results and completed entries', () => {
    unused(async (results: PoolResults = null as never) => {
      const [first] = results;
      expectTypeOf(first).toExtend<ProcessResult | undefined>();
    });
    unused(([key, result]: CompletedEntry = null as never) => {
      expectTypeOf(key).toEqualTypeOf<PoolKey>();
      expectTypeOf(result).toEqualTypeOf<ProcessResult>();
    });
  });

  test('take a progress bar where they take a callback', () => {
    unused(
      () => processes.pool([], { onProgress: progressBar({ label: 'x', interval: '1s' }) }),
      () =>
        processes.pool([], {
          onProgress: async ({ failed }) => Promise.reject(new Error(`${failed}`)),
        }),
      () => expectTypeOf(progressBar()).toEqualTypeOf<ProgressBar>(),
      // @ts-expect-error a label is text
      () => progressBar({ label: 3 }),
    );
  });

  test('let the width be set by name and read as a number', () => {
    unused(() => {
      pool.concurrency = 'cpus';
      expectTypeOf<Pool['concurrency']>().toEqualTypeOf<number>();
    });
  });
});

describe('the types of journals', () => {
  test('take a path, a URL or options, and how to resume', () => {
    unused(
      () => processes.pool([], { journal: 'jobs.ndjson', resume: 'missing' }),
      () => processes.pool([], { journal: new URL('file:///tmp/jobs.ndjson'), resume: 'failed' }),
      () => processes.pool([], { journal: { path: 'x', output: 'none', durable: 'entry' } }),
      () => processes.pool([], { journal: { path: 'x', output: undefined }, resume: undefined }),
      // @ts-expect-error a journal is somewhere
      () => processes.pool([], { journal: { output: 'none' } }),
      // @ts-expect-error all or nothing of the output is written down
      () => processes.pool([], { journal: { path: 'x', output: 'some' } }),
      // @ts-expect-error there is no such way to be durable
      () => processes.pool([], { journal: { path: 'x', durable: true } }),
      // @ts-expect-error what succeeded is never run again
      () => processes.pool([], { journal: 'x', resume: 'all' }),
    );
  });

  test('tell records apart by their type', () => {
    unused((record: JournalRecord = null as never) => {
      if (record.type === 'run') expectTypeOf(record).toEqualTypeOf<JournalRunRecord>();
      if (record.type === 'started') expectTypeOf(record).toEqualTypeOf<JournalStartedRecord>();
      if (record.type !== 'ended') return;
      expectTypeOf(record).toEqualTypeOf<JournalEndedRecord>();
      expectTypeOf(record.key).toEqualTypeOf<PoolKey>();
      expectTypeOf(record.error).toEqualTypeOf<JournalErrorRecord | null>();
    });
    expectTypeOf(readJournal).returns.toEqualTypeOf<readonly JournalRecord[]>();
  });

  test('let an error from a journal be asked what it was', () => {
    unused((error: RestoredError = null as never) => {
      expectTypeOf(error.limitMs).toEqualTypeOf<number | undefined>();
      expectTypeOf(error).toExtend<ProcessError>();
    });
  });
});
