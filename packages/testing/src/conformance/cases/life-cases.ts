import {
  ProcessCancelledError,
  type ProcessError,
  ProcessIdleTimedOutError,
  ProcessTimedOutError,
} from '@proc/core';
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { group } from '../conformance-case.js';
import type { ConformanceContext } from '../conformance-context.js';
import { OutputReader } from '../output-reader.js';
import { isGone, waitUntil, within } from '../wait-for.js';

export const lifeCases = group('life of a run', [
  {
    name: 'ends a process at its timeout and keeps what it printed',
    async run(context) {
      const error = await rejectionOf(context.command('wait').timeout('1500ms').run());
      assert.ok(ProcessTimedOutError.is(error), `got ${String(error)}`);
      assert.equal(error.result?.stdout, 'ready');
      assert.equal(error.result.timedOut, true);
    },
  },
  {
    name: 'ends a process that has been silent for too long',
    async run(context) {
      const error = await rejectionOf(context.command('wait').idleTimeout('1500ms').run());
      assert.ok(ProcessIdleTimedOutError.is(error), `got ${String(error)}`);
    },
  },
  {
    name: 'ends what is being started when the signal is aborted',
    excludes: ['remote'],
    async run(context) {
      const file = join(await context.directory(), 'pids');
      const controller = new AbortController();
      const run = context.command('wait', file).abortWith(controller.signal).run();
      controller.abort();
      const error = await rejectionOf(within(20_000, 'The end of the run', run));
      assert.ok(ProcessCancelledError.is(error), `got ${String(error)}`);
      await assertNoneLeft(context, existsSync(file) ? pidsIn(file) : []);
    },
  },
  {
    name: 'ends a process when the signal is aborted',
    async run(context) {
      const controller = new AbortController();
      const process = await context.command('wait').abortWith(controller.signal).start();
      await process.expect('ready');
      controller.abort(new Error('enough'));
      const error = await rejectionOf(process.wait());
      assert.ok(ProcessCancelledError.is(error), `got ${String(error)}`);
    },
  },
  {
    name: 'runs 20 processes at once, each with its own output',
    async run(context) {
      const names = Array.from({ length: 20 }, (_, index) => `process ${index}`);
      const results = await Promise.all(names.map((name) => context.run('print', name)));
      assert.deepEqual(
        results.map((result) => result.stdout),
        names,
      );
    },
  },
  {
    name: 'starts exactly one process, and none is left when it has been killed',
    excludes: ['remote'],
    async run(context) {
      const file = join(await context.directory(), 'pids');
      const handle = await context.launch('wait', [file]);
      await new OutputReader(handle.stdout).next();
      handle.signal('SIGKILL');
      await within(20_000, 'The exit', handle.exited);
      await settle(context);
      const pids = pidsIn(file);
      await assertNoneLeft(context, pids);
      assert.equal(pids.length, 1, `${pids.length} processes were started`);
    },
  },
]);

function pidsIn(file: string): readonly number[] {
  return readFileSync(file, 'utf8').trim().split('\n').map(Number);
}

async function assertNoneLeft(context: ConformanceContext, pids: readonly number[]): Promise<void> {
  pids.forEach((pid) => context.cleanUp(pid));
  for (const pid of pids) await waitUntil(`The end of process ${pid}`, () => isGone(pid));
}

async function rejectionOf(promise: Promise<unknown>): Promise<ProcessError> {
  return promise.then(
    () => assert.fail('the run did not reject'),
    (error: unknown) => error as never,
  );
}

/** Time for a second process, which must not exist, to show itself: as long as one more program takes to run. */
async function settle(context: ConformanceContext): Promise<void> {
  await context.run('print', 'x');
}
