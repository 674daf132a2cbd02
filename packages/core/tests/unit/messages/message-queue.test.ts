import { describe, expect, it } from '@jest/globals';
import { MessageQueue, MOST_UNREAD } from '../../../src/messages/message-queue.js';

describe('a queue of messages', () => {
  it('gives them back in order, however they are pushed and taken', () => {
    const queue = new MessageQueue();
    const taken: unknown[] = [];
    for (let number = 0; number < 1000; number++) {
      queue.push(number);
      if (number % 3 === 0) taken.push(queue.shift());
    }
    while (queue.length > 0) taken.push(queue.shift());
    expect(taken).toEqual(Array.from({ length: 1000 }, (_, number) => number));
  });

  it('takes no more once too many wait, even when there is room again', () => {
    const queue = new MessageQueue();
    for (let number = 0; number < MOST_UNREAD; number++) queue.push(number);
    expect(queue.overflowed).toBe(false);
    queue.push('one too many');
    expect(queue.overflowed).toBe(true);
    queue.shift();
    queue.push('after a gap');
    expect(queue.length).toBe(MOST_UNREAD - 1);
  });
});
