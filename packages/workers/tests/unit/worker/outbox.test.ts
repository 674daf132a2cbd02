import { describe, expect, it } from '@jest/globals';
import { transfer, type Transferable } from '../../../src/functions/transfer.js';
import { type FromWorker, Kind } from '../../../src/protocol/frames.js';
import { Outbox } from '../../../src/worker/outbox.js';
import type { WorkerLink } from '../../../src/worker/worker-link.js';

/** The link of a thread, as far as frames go, with what comes out of it. */
function threadLink(received: FromWorker[]): WorkerLink {
  return {
    kind: 'thread',
    send(items, transferList) {
      received.push(...structuredClone(items, { transfer: [...transferList] as ArrayBuffer[] }));
    },
    markStarted: () => undefined,
    isAborted: () => false,
    isWithdrawn: () => false,
    memory: () => 0,
    exit: () => undefined,
  };
}

/** What comes of a value that goes along with another one that can not be copied. */
function besideUncloneable(value: unknown): readonly FromWorker[] {
  const received: FromWorker[] = [];
  const outbox = new Outbox(threadLink(received));
  outbox.addResult(1, value, 10);
  outbox.addResult(2, () => 1, 10);
  outbox.flush();
  return received;
}

describe('A result that goes along with one that can not be copied', () => {
  it('is handed over though it is a circle', () => {
    const buffer = new ArrayBuffer(8);
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const [first, second] = besideUncloneable([circle, transfer(buffer)]);
    expect(first?.[0]).toBe(Kind.done);
    expect(second?.[0]).toBe(Kind.error);
    expect(buffer.byteLength).toBe(0);
  });

  it.each<(part: Transferable) => unknown>([
    (part) => new Map([['part', part]]),
    (part) => new Set([part]),
  ])('hands over what is in a collection: %s', (around) => {
    const { port1, port2 } = new MessageChannel();
    const [first, second] = besideUncloneable(transfer(around(port1) as object));
    port2.close();
    expect(first?.[0]).toBe(Kind.done);
    expect(second?.[0]).toBe(Kind.error);
  });
});

it('What a worker has to say waits for promises as its link has it, where a test may fake time', () => {
  const received: FromWorker[] = [];
  const waiting: (() => void)[] = [];
  const afterPromises = (task: () => void): void => void waiting.push(task);
  const outbox = new Outbox({ ...threadLink(received), afterPromises });
  outbox.addResult(1, 'a', 10);
  outbox.addResult(2, 'b', 10);
  expect([waiting.length, received.length]).toEqual([1, 0]);
  waiting[0]?.();
  expect(received).toHaveLength(2);
});
