import {
  ArgumentListTooLongError,
  CommandNotFoundError,
  NotExecutableError,
  ProcError,
  WorkingDirectoryError,
} from '@proc/core';
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { group } from '../conformance-case.js';

/** Characters; more than any system takes. */
const TOO_MUCH = 16 * 1024 * 1024;
const MISSING = 'no-such-program-7c1f0a';

export const startErrorCases = group('start errors', [
  {
    name: 'rejects for a missing program with the typed error',
    async run(context) {
      const error = await failureOf(context.processes.run([MISSING, 'argument']));
      assert.ok(CommandNotFoundError.is(error), `got ${String(error)}`);
      assert.ok(error.message.includes(MISSING), 'the message does not name the program');
    },
  },
  {
    name: 'rejects for a file that may not be executed with the typed error',
    posix: true,
    excludes: ['remote'],
    async run(context) {
      const file = join(await context.directory(), 'plain-file');
      await writeFile(file, 'no program', { mode: 0o644 });
      const error = await failureOf(context.processes.run([file]));
      assert.ok(NotExecutableError.is(error), `got ${String(error)}`);
    },
  },
  {
    name: 'rejects for a missing directory with the typed error',
    excludes: ['remote'],
    async run(context) {
      const missing = join(await context.directory(), 'missing');
      const error = await failureOf(context.command('exit', '0').path(missing).run());
      assert.ok(WorkingDirectoryError.is(error), `got ${String(error)}`);
    },
  },
  {
    name: 'rejects for a file in the place of the directory with the typed error',
    excludes: ['remote'],
    async run(context) {
      const file = join(await context.directory(), 'plain-file');
      await writeFile(file, 'no directory');
      const error = await failureOf(context.command('exit', '0').path(file).run());
      assert.ok(WorkingDirectoryError.is(error), `got ${String(error)}`);
    },
  },
  {
    name: 'rejects for arguments that are too long with the typed error',
    posix: true,
    excludes: ['remote'],
    async run(context) {
      const error = await failureOf(context.run('print', 'x'.repeat(TOO_MUCH)));
      assert.ok(ArgumentListTooLongError.is(error), `got ${String(error)}`);
    },
  },
  {
    name: 'rejects for variables that are too long with the typed error',
    posix: true,
    excludes: ['remote'],
    async run(context) {
      const env = { LONG: 'x'.repeat(TOO_MUCH) };
      const error = await failureOf(context.command('exit', '0').env(env).run());
      assert.ok(ArgumentListTooLongError.is(error), `got ${String(error)}`);
    },
  },
  {
    name: "gives the system's error or one of its own from start itself",
    async run(context) {
      const launch = { ...context.launchOf('exit', ['0']), file: MISSING, args: [] };
      const spec = context.processes.command([MISSING]).toSpec();
      const error = await failureOf(context.driver.start({ ...launch, spec }));
      const { code } = error as { code?: unknown };
      assert.ok(code === 'ENOENT' || ProcError.is(error), `got ${String(error)}`);
    },
  },
  {
    name: 'starts the next program after a failed start',
    async run(context) {
      await failureOf(context.processes.run([MISSING]));
      assert.equal((await context.run('exit', '5')).exitCode, 5);
    },
  },
]);

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  assert.ok(outcome !== undefined, 'the start did not fail');
  return outcome;
}
