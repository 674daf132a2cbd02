import { beforeEach, describe, expect, it } from '@jest/globals';
import { MessageInbox } from '../../../src/messages/message-inbox.js';
import { MOST_UNREAD } from '../../../src/messages/message-queue.js';
import { settled } from '../../support/captured.js';

/** Takes so many messages and leaves. */
async function take(inbox: MessageInbox, count: number): Promise<unknown[]> {
  const taken: unknown[] = [];
  for await (const message of inbox.read()) if (taken.push(message) === count) break;
  return taken;
}

describe('an inbox', () => {
  let inbox: MessageInbox;

  beforeEach(() => {
    inbox = new MessageInbox(() => new Error('too many'));
  });

  it('keeps what comes before the first reader', async () => {
    inbox.push('a');
    inbox.push('b');
    inbox.end();
    expect(await take(inbox, Infinity)).toEqual(['a', 'b']);
  });

  it('gives a message to every reader that has begun', async () => {
    inbox.push('early');
    const readers = [take(inbox, 2), take(inbox, 1)];
    await settled();
    inbox.push('late');
    expect(await Promise.all(readers)).toEqual([['early', 'late'], ['late']]);
  });

  it('does not begin to read before the first step', async () => {
    const reader = inbox.read();
    inbox.push('a');
    expect(await take(inbox, 1)).toEqual(['a']);
    inbox.push('b');
    expect(await reader.next()).toEqual({ done: false, value: 'b' });
    await reader.return();
  });

  it('lets the next reader go on where the last one has left', async () => {
    for (const message of ['a', 'b', 'c']) inbox.push(message);
    expect(await take(inbox, 1)).toEqual(['a']);
    inbox.push('d');
    expect(await take(inbox, 3)).toEqual(['b', 'c', 'd']);
  });

  it('keeps nothing for a reader that left while others read on', async () => {
    const stays = inbox.read();
    const next = stays.next();
    const leaves = take(inbox, 1);
    await settled();
    inbox.push('a');
    inbox.push('b');
    expect(await leaves).toEqual(['a']);
    expect(await next).toMatchObject({ value: 'a' });
    expect(await stays.next()).toMatchObject({ value: 'b' });
    await stays.return();
    inbox.end();
    expect(await take(inbox, Infinity)).toEqual([]);
  });

  it('ends every reader, also those that come later', async () => {
    const waiting = take(inbox, Infinity);
    await settled();
    inbox.end();
    expect(await waiting).toEqual([]);
    expect(await take(inbox, Infinity)).toEqual([]);
  });

  it('gives what it has kept and then says that there was more', async () => {
    for (let number = 0; number <= MOST_UNREAD; number++) inbox.push(number);
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const message of inbox.read()) seen.push(message);
    })();
    await expect(reading).rejects.toThrow('too many');
    expect(seen).toEqual(Array.from({ length: MOST_UNREAD }, (_, number) => number));
    inbox.push('after');
    expect(await take(inbox, 1)).toEqual(['after']);
  });
});
