import type { MessageChannel } from '@proc/core';
import { BrokenDriver, type Fault } from './broken-driver.js';

/** Drivers whose channels of messages are broken. */
export const brokenChannels: readonly Fault[] = [
  {
    fault: 'opens a channel to every program',
    caughtBy: 'opens no channel where none is asked for',
    driver: () =>
      new BrokenDriver(
        () => ({}),
        (launch) => ({ ...launch, ipc: 'json' }),
      ),
  },
  {
    fault: 'drops messages that nobody receives yet',
    caughtBy: 'keeps messages for a receiver that comes after the exit',
    driver: () =>
      broken((channel) => {
        let listener = (_: unknown): void => undefined;
        channel.receive((message) => {
          listener(message);
        });
        return {
          receive: (given) => {
            listener = given;
          },
        };
      }),
  },
  {
    fault: 'hands messages on as they come to hand',
    caughtBy: 'delivers 1,000 messages in order',
    driver: () =>
      broken((channel) => ({
        receive: (listener) => {
          const held: unknown[] = [];
          channel.receive((message) => {
            if (held.push(message) === 2)
              for (const each of held.splice(0).reverse()) listener(each);
          });
        },
      })),
  },
  {
    fault: 'sends some messages later than others',
    caughtBy: 'sends 1,000 messages in order',
    driver: () =>
      broken((channel) => ({
        send: async (message) => {
          if ((message as { number: number }).number % 2 === 1) await new Promise(setImmediate);
          await channel.send(message);
        },
      })),
  },
  {
    fault: 'clones where JSON is asked for',
    caughtBy: 'carries what JSON can carry',
    driver: () =>
      new BrokenDriver(
        () => ({}),
        (launch) => (launch.ipc === null ? launch : { ...launch, ipc: 'advanced' }),
      ),
  },
  {
    fault: 'writes everything as JSON',
    caughtBy: 'carries what the structured clone algorithm can carry',
    driver: () =>
      new BrokenDriver(
        () => ({}),
        (launch) => (launch.ipc === null ? launch : { ...launch, ipc: 'json' }),
      ),
  },
  {
    fault: 'gives a channel up that it could not send something through',
    caughtBy: 'refuses what can not be serialised, and goes on',
    driver: () =>
      broken((channel) => ({
        send: (message) =>
          channel.send(message).catch((error: unknown) => {
            channel.disconnect();
            throw error;
          }),
      })),
  },
  {
    fault: 'reports the end of the channel at the start',
    caughtBy: 'closes the channel at the exit, after the last message',
    driver: () => broken(() => ({ closed: Promise.resolve(undefined) })),
  },
  {
    fault: 'never reports the end of the channel',
    caughtBy: 'closes the channel at the exit, after the last message',
    hangs: true,
    driver: () => broken(() => ({ closed: new Promise(() => undefined) })),
  },
  {
    fault: 'says that it has sent what nobody can receive',
    caughtBy: 'rejects a message after the exit',
    driver: () =>
      broken((channel) => ({ send: (message) => channel.send(message).catch(() => undefined) })),
  },
  {
    fault: 'does not disconnect',
    caughtBy: 'ends a program that only listens when it is disconnected',
    driver: () => broken(() => ({ disconnect: () => undefined })),
  },
];

function broken(change: (channel: MessageChannel) => Partial<MessageChannel>): BrokenDriver {
  return new BrokenDriver(({ channel }) =>
    channel === undefined ? {} : { channel: changed(channel, change(channel)) },
  );
}

function changed(channel: MessageChannel, changes: Partial<MessageChannel>): MessageChannel {
  return {
    get connected() {
      return channel.connected;
    },
    closed: channel.closed,
    send: (message) => channel.send(message),
    receive: (listener) => {
      channel.receive(listener);
    },
    disconnect: () => {
      channel.disconnect();
    },
    ...changes,
  };
}
