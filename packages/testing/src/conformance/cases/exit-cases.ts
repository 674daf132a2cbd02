import assert from 'node:assert/strict';
import { group } from '../conformance-case.js';
import { OutputReader, readAll } from '../output-reader.js';
import { within } from '../wait-for.js';

export const exitCases = group('exit', [
  {
    name: 'reports the exit codes 0, 1 and 255',
    async run(context) {
      for (const code of [0, 1, 255]) {
        const result = await context.run('exit', String(code));
        assert.equal(result.exitCode, code);
        assert.equal(result.signal, null);
        assert.equal(result.successful(), code === 0);
      }
    },
  },
  {
    name: 'reports every exit code there is',
    posix: true,
    async run(context) {
      const codes = Array.from({ length: 256 }, (_, code) => code);
      const check = async (code: number): Promise<void> => {
        const handle = await context.launch('exit', [String(code)]);
        const exit = await within(20_000, 'The exit', handle.exited);
        assert.deepEqual({ ...exit }, { exitCode: code, signal: null });
      };
      // A few at a time, which takes half as long; and tells whether ends are mixed up.
      while (codes.length > 0) await Promise.all(codes.splice(0, 8).map(check));
    },
  },
  {
    name: 'reports the signal that ended the process',
    posix: true,
    async run(context) {
      const result = await context.run('die', 'SIGKILL');
      assert.equal(result.exitCode, null);
      assert.equal(result.signal, 'SIGKILL');
    },
  },
  {
    name: 'tells signals apart',
    posix: true,
    async run(context) {
      for (const signal of ['SIGHUP', 'SIGINT', 'SIGALRM', 'SIGUSR2', 'SIGTERM'] as const) {
        const handle = await context.launch('die', [signal]);
        const exit = await within(20_000, 'The exit', handle.exited);
        assert.deepEqual({ ...exit }, { exitCode: null, signal });
      }
    },
  },
  {
    name: 'resolves exited with exactly one of code and signal, the same every time',
    async run(context) {
      const handle = await context.launch('exit', ['3']);
      const first = await within(20_000, 'The exit', handle.exited);
      assert.deepEqual({ ...first }, { exitCode: 3, signal: null });
      assert.deepEqual(await handle.exited, first);
    },
  },
  {
    name: 'keeps the output for a reader that comes after the exit',
    async run(context) {
      const handle = await context.launch('print', ['kept', 'kept too']);
      await within(20_000, 'The exit', handle.exited);
      assert.equal(String(await readAll(handle.stdout)), 'kept');
      assert.equal(String(await readAll(handle.stderr)), 'kept too');
    },
  },
  {
    name: 'does not report the exit before it happens',
    async run(context) {
      const handle = await context.launch('wait');
      let exited = false;
      void handle.exited.then(() => {
        exited = true;
      });
      await new OutputReader(handle.stdout).next();
      assert.equal(exited, false, 'exited was resolved while the process was running');
    },
  },
]);
