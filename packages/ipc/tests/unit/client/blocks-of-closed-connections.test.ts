import { describe, expect, test } from '@jest/globals';
import { connectIpc, inProcessPorts, IpcClosedError, IpcHub } from '../../../src/index.js';

describe('what is held by a block in which the connection is closed', () => {
  test('has been given back by that, and is no error at the end of the block', async () => {
    await using hub = new IpcHub();
    const [its, hubs] = inProcessPorts();
    hub.connect(hubs);
    const ipc = connectIpc(its);
    const block = async (): Promise<string> => {
      await using held = await ipc.lock('report').acquire();
      await using permit = await ipc.semaphore('places', 1).acquire();
      await using subscription = await ipc.channel('news').subscribe();
      await using served = await ipc.serve('add', (a: number, b: number) => a + b);
      await ipc.close();
      return [held, permit, subscription, served].length.toString();
    };
    await expect(block()).resolves.toBe('4');

    const [others, ends] = inProcessPorts();
    hub.connect(ends);
    await using other = connectIpc(others);
    expect((await other.lock('report').acquire({ timeout: '10s' })).abandoned).toBe(true);
  });

  test('is an error where it is released by hand', async () => {
    await using hub = new IpcHub();
    const [its, hubs] = inProcessPorts();
    hub.connect(hubs);
    const ipc = connectIpc(its);
    const held = await ipc.lock('report').acquire();
    await ipc.close();
    await expect(held.release()).rejects.toThrow(IpcClosedError);
  });
});
