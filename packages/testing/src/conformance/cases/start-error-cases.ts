import {
  CommandNotFoundError,
  NotExecutableError,
  ProcError,
  WorkingDirectoryError,
} from '@proc/core';
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { group } from '../conformance-case.js';

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
