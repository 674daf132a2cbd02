import assert from 'node:assert/strict';
import { group } from '../conformance-case.js';
import { OutputReader, readAll } from '../output-reader.js';
import { isGone, waitUntil, within } from '../wait-for.js';

export const signalCases = group('signals', [
  {
    name: 'delivers a signal to the process',
    posix: true,
    async run(context) {
      const handle = await context.launch('trap', ['SIGUSR2']);
      const output = new OutputReader(handle.stdout);
      assert.equal(await output.next(), 'ready');
      assert.equal(handle.signal('SIGUSR2'), true);
      const exit = await within(20_000, 'The exit', handle.exited);
      assert.deepEqual({ ...exit }, { exitCode: 42, signal: null });
      assert.equal(await output.next(), 'SIGUSR2');
    },
  },
  {
    name: 'ends a process that is signalled as soon as it has started',
    async run(context) {
      const handle = await context.launch('wait');
      assert.equal(handle.signal('SIGKILL'), true, 'the signal reached nobody');
      const exit = await within(20_000, 'The exit', handle.exited);
      assert.equal(exit.signal, 'SIGKILL');
    },
  },
  {
    name: 'returns false for a signal after the exit',
    async run(context) {
      const handle = await context.launch('exit', ['0']);
      await within(20_000, 'The exit', handle.exited);
      await readAll(handle.stdout);
      await waitUntil('That a signal reaches nobody', () => !handle.signal('SIGTERM'));
      assert.equal(handle.signal('SIGKILL'), false);
      handle.continue?.();
    },
  },
  {
    name: 'ends a process by SIGTERM',
    posix: true,
    async run(context) {
      const process = await context.command('wait').start();
      await process.expect('ready');
      const result = await process.stop();
      assert.equal(result.signal, 'SIGTERM');
      assert.equal(result.exitCode, null);
      assert.equal(result.reason, 'stopped');
    },
  },
  {
    name: 'ends a process that ignores SIGTERM by SIGKILL after the grace',
    posix: true,
    async run(context) {
      const process = await context.command('stubborn').start();
      await process.expect('ready');
      const result = await process.stop('100ms');
      assert.equal(result.signal, 'SIGKILL');
    },
  },
  {
    name: 'lets a process that was stopped act on the signal that ends it',
    posix: true,
    async run(context) {
      // One that handles the signal: nobody knows when a process has stopped, and until then any other one dies of it.
      const handle = await context.launch('trap', ['SIGTERM']);
      assert.equal(await new OutputReader(handle.stdout).next(), 'ready');
      handle.signal('SIGSTOP');
      handle.signal('SIGTERM');
      // Where a driver has no such thing, nothing is asked of it.
      if (handle.continue === undefined) return;
      handle.continue();
      const exit = await within(20_000, 'The exit', handle.exited);
      assert.deepEqual({ ...exit }, { exitCode: 42, signal: null });
    },
  },
  {
    name: 'reaches every process of the group',
    requires: ['processGroup'],
    async run(context) {
      const handle = await context.launch('parent');
      const grandchild = Number(await new OutputReader(handle.stdout).next());
      context.cleanUp(grandchild);
      assert.equal(handle.signal('SIGKILL'), true);
      await within(20_000, 'The exit', handle.exited);
      await waitUntil('The end of the grandchild', () => isGone(grandchild));
    },
  },
  {
    name: 'settles a result whose output is held open by a grandchild',
    excludes: ['remote'],
    async run(context) {
      const result = await context.run('abandon');
      context.cleanUp(Number(result.stdout));
      assert.equal(result.exitCode, 0);
      assert.equal(result.outputHeldOpen, true);
    },
  },
]);
