import { connect, type Socket } from 'node:net';
import { serialize } from 'node:v8';
import type { IpcListener } from '@proc/ipc';

/** The octets of one frame. */
function frameOf(frame: unknown): Buffer {
  return withLength(serialize(frame));
}

/** A client that knows the token, and writes and reads only what and when it is told to. */
export function rawClient({ address, token }: IpcListener, ...frames: readonly unknown[]): Socket {
  const socket = connect(address).pause();
  socket.on('error', () => undefined);
  const hello = JSON.stringify({ protocol: 1, token, maxFrame: 2 ** 24 });
  socket.write(withLength(Buffer.from(hello)));
  if (frames.length > 0) socket.write(Buffer.concat(frames.map(frameOf)));
  return socket;
}

function withLength(body: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(body.length);
  return Buffer.concat([header, body]);
}
