import { describe, expect, it } from '@jest/globals';
import { StopOrder } from '../../../src/process/stop-order.js';

describe('the order to stop a run', () => {
  it('has not been given at first', () => {
    const order = new StopOrder();
    expect(order).toMatchObject({ aborted: false, reason: undefined });
    expect(order.signal.aborted).toBe(false);
  });

  it('is heard by who listens already, and by who comes later', () => {
    const [early, late] = [new StopOrder(), new StopOrder()];
    const { signal } = early;
    const reason = new Error('enough');
    for (const order of [early, late]) {
      order.give(reason);
      expect(order).toMatchObject({ aborted: true, reason });
    }
    expect(signal).toMatchObject({ aborted: true, reason });
    expect(late.signal).toMatchObject({ aborted: true, reason });
  });

  it('keeps its first reason', () => {
    const order = new StopOrder();
    order.give('one');
    order.give('another');
    expect(order.reason).toBe('one');
    expect(order.signal.reason).toBe('one');
  });
});
