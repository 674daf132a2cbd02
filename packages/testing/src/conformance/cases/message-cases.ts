import { InvalidArgumentError, type MessageChannel, type ProcessHandle } from '@proc/core';
import { realTime } from '@proc/core/internal';
import assert from 'node:assert/strict';
import { types } from 'node:util';
import { group, type ConformanceCase } from '../conformance-case.js';
import type { ConformanceContext } from '../conformance-context.js';
import { within } from '../wait-for.js';

export const messageCases = group(
  'messages',
  withChannel([
    {
      name: 'opens no channel where none is asked for',
      async run(context) {
        const handle = await context.launch('exit', ['0']);
        await within(20_000, 'The exit', handle.exited);
        assert.equal(handle.channel, undefined);
      },
    },
    {
      name: 'keeps messages for a receiver that comes after the exit',
      async run(context) {
        const { channel, handle } = await launch(context, 'tell', '3');
        await within(20_000, 'The exit', handle.exited);
        await turn();
        const messages = new Messages(channel);
        await messages.end();
        assertSame(messages.all, [{ number: 0 }, { number: 1 }, { number: 2 }]);
      },
    },
    {
      name: 'delivers 1,000 messages in order',
      async run(context) {
        const { channel } = await launch(context, 'tell', '1000');
        const messages = new Messages(channel);
        await messages.end();
        const expected = Array.from({ length: 1000 }, (_, number) => ({ number }));
        assertSame(messages.all, expected);
      },
    },
    {
      name: 'sends 1,000 messages in order',
      async run(context) {
        const { channel } = await launch(context, 'repeat');
        const messages = new Messages(channel);
        const sent = Array.from({ length: 1000 }, (_, number) => ({ number, text: 'grüße\n' }));
        await within(20_000, 'Sending', Promise.all(sent.map((each) => channel.send(each))));
        await messages.count(sent.length);
        assertSame(messages.all, sent);
      },
    },
    {
      name: 'carries what JSON can carry',
      async run(context) {
        const { channel } = await launch(context, 'repeat');
        const messages = new Messages(channel);
        await channel.send({ date: new Date(0), list: [1, null], left: undefined });
        await channel.send('text');
        await messages.count(2);
        assertSame(messages.all, [{ date: '1970-01-01T00:00:00.000Z', list: [1, null] }, 'text']);
        assert.equal(typeof (messages.all as [{ date: unknown }])[0].date, 'string');
      },
    },
    {
      name: 'carries what the structured clone algorithm can carry',
      async run(context) {
        const { channel } = await launchAdvanced(context);
        const messages = new Messages(channel);
        const cycle: Record<string, unknown> = { map: new Map([[1, 2n]]), date: new Date(0) };
        cycle['self'] = cycle;
        await channel.send(cycle);
        await messages.count(1);
        const [back] = messages.all as [Record<string, unknown>];
        assert.ok(types.isMap(back['map']) && types.isDate(back['date']), 'the types are lost');
        assert.equal((back['map'] as Map<number, bigint>).get(1), 2n);
        assert.equal(back['self'], back);
      },
    },
    {
      name: 'refuses what can not be serialised, and goes on',
      async run(context) {
        const { channel } = await launch(context, 'repeat');
        const messages = new Messages(channel);
        for (const message of [{ value: 1n }, cyclic()]) {
          const refused = await failureOf(channel.send(message));
          assert.ok(InvalidArgumentError.is(refused), 'the wrong error, or none');
        }
        await channel.send('fine');
        await messages.count(1);
        assertSame(messages.all, ['fine']);
      },
    },
    {
      name: 'closes the channel at the exit, after the last message',
      async run(context) {
        const { channel, handle } = await launch(context, 'tell', '100');
        const messages = new Messages(channel);
        assert.equal(await messages.end(), undefined);
        assert.equal(messages.all.length, 100);
        await within(20_000, 'The exit', handle.exited);
        assert.equal(channel.connected, false);
        channel.disconnect();
      },
    },
    {
      name: 'rejects a message after the exit',
      async run(context) {
        const { channel } = await launch(context, 'tell', '0');
        await within(20_000, 'The end of the channel', channel.closed);
        const refused = await failureOf(channel.send('too late'));
        assert.ok(refused !== undefined, 'it was sent');
        assert.ok(!InvalidArgumentError.is(refused), 'it says that the message is at fault');
      },
    },
    {
      name: 'ends a program that only listens when it is disconnected',
      async run(context) {
        const { channel, handle } = await launch(context, 'repeat');
        const messages = new Messages(channel);
        await channel.send('x');
        await messages.count(1);
        channel.disconnect();
        assert.equal(channel.connected, false);
        await within(20_000, 'The end of the channel', channel.closed);
        assert.equal((await within(20_000, 'The exit', handle.exited)).exitCode, 0);
      },
    },
  ]),
);

/** What has come through a channel. */
class Messages {
  readonly all: unknown[] = [];
  readonly #channel: MessageChannel;
  #arrived: () => void = () => undefined;

  constructor(channel: MessageChannel) {
    this.#channel = channel;
    channel.receive((message) => {
      this.all.push(message);
      this.#arrived();
    });
  }

  /** Resolves when so many have come. */
  async count(count: number): Promise<void> {
    const enough = new Promise<void>((resolve) => {
      this.#arrived = () => {
        if (this.all.length >= count) resolve();
      };
      this.#arrived();
    });
    await within(20_000, `The arrival of ${count} messages`, enough);
  }

  end(): Promise<Error | undefined> {
    return within(20_000, 'The end of the channel', this.#channel.closed);
  }
}

interface Talk {
  readonly handle: ProcessHandle;
  readonly channel: MessageChannel;
}

async function launch(
  context: ConformanceContext,
  program: 'tell' | 'repeat',
  ...args: readonly string[]
): Promise<Talk> {
  return talkOf(await context.launch(program, args, { ipc: 'json' }));
}

async function launchAdvanced(context: ConformanceContext): Promise<Talk> {
  return talkOf(await context.launch('repeat', [], { ipc: 'advanced' }));
}

function talkOf(handle: ProcessHandle): Talk {
  const { channel } = handle;
  assert.ok(channel !== undefined, 'the channel is missing');
  return { handle, channel };
}

function withChannel(
  cases: readonly Omit<ConformanceCase, 'group' | 'requires'>[],
): readonly Omit<ConformanceCase, 'group'>[] {
  return cases.map((each) => ({ ...each, requires: ['ipc'] }));
}

/** Compares by content: a test runner may have classes of its own, so that not even two plain objects are alike. */
function assertSame(messages: readonly unknown[], expected: readonly unknown[]): void {
  assert.equal(JSON.stringify(messages), JSON.stringify(expected));
}

function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

function cyclic(): unknown {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  return cycle;
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    realTime.setImmediate(resolve);
  });
}
