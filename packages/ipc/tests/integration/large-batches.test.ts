import { expect, it } from '@jest/globals';
import { connectIpc, connectIpcSocket, inProcessPorts, IpcHub, listenIpc } from '@proc/ipc';

const MEBIBYTE = 2 ** 20;

it('many large messages of a channel reach a subscriber whose connection does not carry them all at once', async () => {
  await using hub = new IpcHub({ heartbeat: 0 });
  const [mine, its] = inProcessPorts();
  hub.connect(its);
  const ipc = connectIpc(mine);
  await using listener = await listenIpc(hub);
  await using reader = await connectIpcSocket(listener);
  await using subscription = await reader.channel<Uint8Array>('large').subscribe();
  for (let index = 0; index < 40; index++) {
    await ipc.channel('large').publish(new Uint8Array(MEBIBYTE).fill(index));
  }
  for (let index = 0; index < 40; index++) {
    const message = await subscription.next();
    expect([message.length, message[0], message.at(-1)]).toEqual([MEBIBYTE, index, index]);
  }
  expect(subscription.dropped).toBe(0);
});
