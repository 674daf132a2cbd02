import { beforeEach, afterEach, describe, expect, it, jest } from '@jest/globals';
import { ExpectationError } from '../../../src/errors/expectation-error.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import { MessageChannelError } from '../../../src/errors/message-channel-error.js';
import { MessageExchange } from '../../../src/messages/message-exchange.js';
import { RunScope } from '../../../src/process/run-scope.js';
import { Captured, Gate, settled } from '../../support/captured.js';
import { HandMadeChannel } from '../../support/hand-made-channel.js';
import { makeSpec } from '../../support/spec.js';

let captured: Captured;
let channel: HandMadeChannel;
let exchange: MessageExchange;

const rejection = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => {
      throw new Error('it was expected to reject');
    },
    (error: unknown) => error as Error,
  );

/** Everything that is no answer, until the channel closes. */
async function unclaimed(atEnd = (): Promise<unknown> => Promise.resolve()): Promise<unknown[]> {
  const messages: unknown[] = [];
  for await (const message of exchange.messages(atEnd)) messages.push(message);
  return messages;
}

beforeEach(() => {
  captured = new Captured();
  channel = new HandMadeChannel();
  exchange = new MessageExchange(channel, makeSpec(), captured.capture);
});
afterEach(() => {
  captured.capture.close();
});

describe('send', () => {
  it('resolves when the message has been handed over', async () => {
    channel.gate = new Gate();
    let sent = false;
    const sending = exchange.send({ a: 1 }).then(() => {
      sent = true;
    });
    await settled();
    expect(channel.sent).toEqual([{ a: 1 }]);
    expect(sent).toBe(false);
    channel.gate.open();
    await sending;
  });

  it.each([
    ['undefined', undefined],
    ['a function', () => undefined],
    ['a symbol', Symbol('x')],
    ['a bigint', 1n],
    ['a message of Node itself', { cmd: 'NODE_HANDLE' }],
  ])('refuses %s, and stays usable', async (_, message) => {
    expect(await rejection(exchange.send(message))).toBeInstanceOf(InvalidArgumentError);
    expect(await rejection(exchange.request(message))).toBeInstanceOf(InvalidArgumentError);
    await exchange.send('fine');
    expect(channel.sent).toEqual(['fine']);
  });

  it('passes on what the driver says of a message that can not be serialised', async () => {
    channel.refusal = new InvalidArgumentError('a cycle');
    expect(await rejection(exchange.send({}))).toBe(channel.refusal);
  });

  it('makes a typed error of anything else that the driver says', async () => {
    channel.refusal = new Error('EPIPE');
    const error = await rejection(exchange.send({}));
    expect(error).toBeInstanceOf(MessageChannelError);
    expect(error.cause).toBe(channel.refusal);
    expect(error.message).toContain('program argument');
  });

  it('fails on a closed channel', async () => {
    channel.close();
    expect(await rejection(exchange.send({}))).toBeInstanceOf(MessageChannelError);
    expect(await rejection(exchange.request({}))).toBeInstanceOf(MessageChannelError);
  });
});

describe('request', () => {
  it('takes the first message with the same id as the answer', async () => {
    const answers = Promise.all([exchange.request({ id: 1 }), exchange.request({ id: 'b' })]);
    channel.bring({ id: 'b', ok: 2 }, 'news', { id: 3 }, { id: 1, ok: 1 }, { id: 1, ok: 'again' });
    expect(await answers).toEqual([
      { id: 1, ok: 1 },
      { id: 'b', ok: 2 },
    ]);
    channel.close();
    expect(await unclaimed()).toEqual(['news', { id: 3 }, { id: 1, ok: 'again' }]);
  });

  it('takes the next message that no other request gets, in order of the requests', async () => {
    const answers = Promise.all([
      exchange.request('one'),
      exchange.request({ id: 7 }),
      exchange.request('two'),
    ]);
    channel.bring('first', { id: 7 }, { id: 8 }, 'rest');
    expect(await answers).toEqual(['first', { id: 7 }, { id: 8 }]);
    channel.close();
    expect(await unclaimed()).toEqual(['rest']);
  });

  it.each([[null], [undefined], [{}], [true]])('takes an id of %j for none', async (id) => {
    const answer = exchange.request({ id });
    channel.bring('anything');
    expect(await answer).toBe('anything');
  });

  it('answers requests of the same id one after the other', async () => {
    const answers = Promise.all([exchange.request({ id: 1 }), exchange.request({ id: 1 })]);
    channel.bring({ id: 1, n: 1 }, { id: 1, n: 2 });
    expect(await answers).toEqual([
      { id: 1, n: 1 },
      { id: 1, n: 2 },
    ]);
  });

  it('ends when the channel closes, and shows what the program has complained of', async () => {
    const pending = Promise.all(
      [exchange.request({ id: 1 }), exchange.request('x')].map(rejection),
    );
    await captured.print('no memory left\n', 'err');
    channel.close();
    for (const error of await pending) {
      expect(error).toBeInstanceOf(MessageChannelError);
      expect(error.message).toContain('no memory left');
    }
  });

  it('leaves no request behind whose message could not be sent', async () => {
    channel.refusal = new InvalidArgumentError('a cycle');
    await rejection(exchange.request('x'));
    channel.refusal = undefined;
    const answer = exchange.request('y');
    channel.bring('for y');
    expect(await answer).toBe('for y');
  });

  it('leaves it to the driver to refuse what can not even be looked at', async () => {
    channel.refusal = new InvalidArgumentError('it throws');
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(await rejection(exchange.request(proxy))).toBe(channel.refusal);
    const thrower = {
      get id(): never {
        throw new Error('no id');
      },
    };
    expect(await rejection(exchange.request(thrower))).toBe(channel.refusal);
  });

  it('goes by the id that the message had when it was sent', async () => {
    const message = { id: 1 };
    const answer = exchange.request(message);
    message.id = 2;
    channel.bring({ id: 2 }, { id: 1 });
    expect(await answer).toEqual({ id: 1 });
  });

  it('refuses a timeout that is none', async () => {
    const error = await rejection(exchange.request('x', 'soon' as never));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(channel.sent).toEqual([]);
  });
});

describe('a request whose time passes', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([['without an id', 'x'] as const, ['with an id', { id: 1 }] as const])(
    'rejects (%s)',
    async (_, message) => {
      const pending = rejection(exchange.request(message, '2s'));
      await jest.advanceTimersByTimeAsync(1999);
      await jest.advanceTimersByTimeAsync(1);
      const error = await pending;
      expect(error).toBeInstanceOf(ExpectationError);
      expect(error.message).toContain('within 2 s');
      expect(jest.getTimerCount()).toBe(0);
    },
  );

  it('leaves no timer behind when it is answered', async () => {
    const answer = exchange.request('x', '2s');
    channel.bring('y');
    expect(await answer).toBe('y');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not let the late answer pass for that to the next one', async () => {
    const slow = rejection(exchange.request('slow', 10));
    await jest.advanceTimersByTimeAsync(10);
    await slow;
    const next = exchange.request('next');
    channel.bring('to slow', 'to next');
    expect(await next).toBe('to next');
    channel.close();
    expect(await unclaimed()).toEqual(['to slow']);
  });

  it('gives the late answer with an id to whoever reads', async () => {
    const slow = rejection(exchange.request({ id: 1 }, 10));
    await jest.advanceTimersByTimeAsync(10);
    await slow;
    channel.bring({ id: 1 });
    channel.close();
    expect(await unclaimed()).toEqual([{ id: 1 }]);
  });
});

describe('messages', () => {
  it('waits for the end of the process, and rejects with it', async () => {
    const end = new Gate();
    const reading = unclaimed(() => end.opened);
    channel.bring('a');
    channel.close();
    end.fail(new Error('timed out'));
    await expect(reading).rejects.toThrow('timed out');
  });

  it('says that the program wrote something else than messages', async () => {
    channel.bring('a');
    const pending = rejection(exchange.request('x'));
    const fault = new SyntaxError('Unexpected token');
    channel.close(fault);
    const read: unknown[] = [];
    const reading = (async () => {
      for await (const message of exchange.messages(() => Promise.resolve())) read.push(message);
    })();
    for (const error of [await rejection(reading), await pending]) {
      expect(error).toBeInstanceOf(MessageChannelError);
      expect(error.cause).toBe(fault);
    }
    expect(read).toEqual(['a']);
  });
});

describe('disconnect', () => {
  it('waits for what is being sent, and sends nothing more', async () => {
    channel.gate = new Gate();
    const sending = exchange.send('last');
    const disconnecting = exchange.disconnect();
    expect(await rejection(exchange.send('too late'))).toBeInstanceOf(MessageChannelError);
    await settled();
    expect(channel.connected).toBe(true);
    channel.gate.open();
    await sending;
    await disconnecting;
    expect(channel.connected).toBe(false);
    await exchange.disconnect();
    expect(channel.sent).toEqual(['last']);
  });
});

describe('the end of the process', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits for the channel to close', async () => {
    const scope = new RunScope();
    const settling = exchange.settle(scope);
    channel.bring('last words');
    channel.close();
    await settling;
    expect(await unclaimed()).toEqual(['last words']);
    scope.close();
  });

  it('closes a channel that a descendant holds open, after a silence', async () => {
    const scope = new RunScope();
    const settling = exchange.settle(scope);
    await jest.advanceTimersByTimeAsync(200);
    channel.bring('still talking');
    await jest.advanceTimersByTimeAsync(200);
    expect(channel.connected).toBe(true);
    await jest.advanceTimersByTimeAsync(200);
    await settling;
    expect(channel.connected).toBe(false);
    scope.close();
  });
});
