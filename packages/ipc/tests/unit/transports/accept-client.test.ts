import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { IpcHub } from '@proc/ipc';
import { acceptClient } from '../../../src/transports/socket/accept-client.js';
import { withLength } from '../../../src/transports/socket/frame-codec.js';
import { HANDSHAKE_MS, helloOf, LARGEST_HELLO } from '../../../src/transports/socket/handshake.js';
import { useFakeRealTime, useRealTime } from '../../support/fake-real-time.js';

describe('The time for a handshake', () => {
  let hub: IpcHub;
  beforeEach(() => {
    hub = new IpcHub({ heartbeat: 0 });
  });
  afterEach(async () => {
    useRealTime();
    await hub.close();
  });

  /** Somebody whose words are those that are pushed. */
  function knock(): Duplex {
    const socket = new Duplex({
      read: () => undefined,
      write: (_chunk, _encoding, done) => done(),
    });
    const limits = { maxFrame: 65_536, maxUnread: 65_536 };
    acceptClient(socket as unknown as Socket, { hub, token: 'known', ...limits });
    return socket;
  }

  it('ends for who says nothing', async () => {
    useFakeRealTime();
    const socket = knock();
    jest.advanceTimersByTime(HANDSHAKE_MS - 1);
    await new Promise(setImmediate);
    expect(socket.destroyed).toBe(false);
    jest.advanceTimersByTime(1);
    await once(socket, 'close');
    expect(hub.sessions).toEqual([]);
  });

  it('does not end by the fake timers of a test', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const socket = knock();
    jest.advanceTimersByTime(HANDSHAKE_MS);
    await new Promise(setImmediate);
    expect(socket.destroyed).toBe(false);
    socket.destroy();
    await once(socket, 'close');
  });

  it('does not end for whose first words have come while the hub was busy', async () => {
    useFakeRealTime();
    const socket = knock();
    // Timers come first in a loop that was held up, and then what there is to be read.
    jest.advanceTimersByTime(HANDSHAKE_MS);
    socket.emit('data', withLength(helloOf('known', 65_536), LARGEST_HELLO));
    await new Promise(setImmediate);
    expect(socket.destroyed).toBe(false);
    expect(hub.sessions).toHaveLength(1);
    socket.destroy();
    await once(socket, 'close');
  });
});
