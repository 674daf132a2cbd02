import { describe, expect, it, jest } from '@jest/globals';
import type { Session, SessionState } from '@proc/ipc';
import { threads } from '../support/transports.js';

jest.setTimeout(60_000);

describe('a thread that computes and answers nobody', () => {
  it('is reported, keeps its lock, and is reported again when it answers', async () => {
    const heard: [string, SessionState][] = [];
    let tell = (): void => undefined;
    const onSession = ({ name, state }: Session): void => {
      heard.push([name, state]);
      tell();
    };
    const until = async (state: SessionState): Promise<void> => {
      while (!heard.some(([name, was]) => name === 'peer-1' && was === state)) {
        await new Promise<void>((resolve) => {
          tell = resolve;
        });
      }
    };
    const bench = await threads.open({ heartbeat: 20, onSession });
    const peer = await bench.peer();
    const gate = new SharedArrayBuffer(4);
    const computing = peer.run(async (ipc, shared) => {
      await ipc.lock('l').acquire();
      Atomics.wait(new Int32Array(shared), 0, 0);
      return 'done';
    }, gate);
    heard.length = 0;
    await until('unresponsive');

    expect(await bench.ipc.lock('l').tryAcquire()).toBeUndefined();
    heard.length = 0;
    Atomics.store(new Int32Array(gate), 0, 1);
    Atomics.notify(new Int32Array(gate), 0);
    await until('alive');
    expect(await computing).toBe('done');
    expect(await bench.ipc.lock('l').tryAcquire()).toBeUndefined();
    await bench.close();
  });
});
