import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { Application, ProcessManager, ProcessServiceProvider } from '@proc/core';
import { Ipc, IpcHub, IpcServiceProvider, runningProcessPort } from '@proc/ipc';

jest.setTimeout(60_000);

const PEER = join(__dirname, '../support/peer-program.cjs');
const SOURCES = join(__dirname, '../../../core/tests/support/register-sources.cjs');

describe('a process that a manager has started', () => {
  it.each(['node', 'execa'])(
    'has a session over its messages, on the driver %s',
    async (driver) => {
      const app = new Application({ providers: [ProcessServiceProvider, IpcServiceProvider] });
      await app.boot();
      const command = [process.execPath, '--require', SOURCES, PEER, 'process', 'started'];
      const running = await app
        .get(ProcessManager)
        .driver(driver)
        .command(command)
        .ipc('advanced')
        .start();
      const session = app.get(IpcHub).connect(runningProcessPort(running), { name: 'started' });
      const ipc = app.get(Ipc);
      await ipc.event('ready:started').wait();
      const take = 'async (its) => (await its.lock("l").acquire()).token';
      await ipc.call('peer:started', [take, []]);
      expect(await ipc.lock('l').tryAcquire()).toBeUndefined();

      running.signal('SIGKILL');
      await session.closed;

      expect((await ipc.lock('l').tryAcquire())?.abandoned).toBe(true);
      await running.wait();
      await app.shutdown();
    },
  );
});
