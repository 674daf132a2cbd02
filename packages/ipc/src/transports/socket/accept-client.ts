import type { Socket } from 'node:net';
import { realTime } from '@proc/core/internal';
import type { IpcHub } from '../../hub/ipc-hub.js';
import { FrameReader, withLength } from './frame-codec.js';
import { checkHello, HANDSHAKE_MS, LARGEST_HELLO, welcomeOf, type Welcome } from './handshake.js';
import { SocketPort } from './socket-port.js';

/** Who takes clients in, and which. */
export interface Reception {
  readonly hub: IpcHub;
  readonly token: string;
  readonly maxFrame: number;
  /** How much may wait for a client that does not read. */
  readonly maxUnread: number;
}

/** Lets a client in that knows the token; any other is told why not, and cut off. */
export function acceptClient(socket: Socket, reception: Reception): void {
  const { hub, token, maxFrame, maxUnread } = reception;
  let limit = LARGEST_HELLO;
  const reader = new FrameReader(() => limit);
  let isKnown = false;
  const giveUp = (): void => {
    if (!isKnown) socket.destroy();
  };
  // What has come while this process was busy is read before.
  const late = (): void => void realTime.setImmediate(giveUp);
  const deadline = realTime.setTimeout(late, HANDSHAKE_MS).unref();
  // What breaks a connection ends the session, by its `close`.
  socket.on('error', () => undefined);
  socket.once('close', () => {
    realTime.clearTimeout(deadline);
  });
  const answer = (welcome: Welcome): Buffer => withLength(welcomeOf(welcome), LARGEST_HELLO);
  const greet = (chunk: Buffer): void => {
    const [hello] = first(reader, chunk);
    if (hello === undefined) return;
    socket.off('data', receive);
    realTime.clearTimeout(deadline);
    isKnown = true;
    const client = checkHello(hello, token);
    if ('refused' in client) {
      socket.end(answer({ ok: false, reason: client.refused }));
      socket.destroySoon();
      return;
    }
    limit = maxFrame;
    socket.write(answer({ ok: true, maxFrame }));
    const port = new SocketPort(socket, reader, client.maxFrame, {
      pauseAt: maxFrame,
      endAt: maxUnread,
    });
    hub.connect(port);
    // What came in the same breath.
    port.read();
  };
  const receive = (chunk: Buffer): void => {
    try {
      greet(chunk);
    } catch {
      socket.destroy();
    }
  };
  socket.on('data', receive);
}

/** The first frame alone: what follows it may be of another size. */
export function first(reader: FrameReader, chunk: Buffer): readonly Buffer[] {
  for (const body of reader.read(chunk)) return [body];
  return [];
}
