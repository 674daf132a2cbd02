import { getEventListeners } from 'node:events';
import { expect, it } from '@jest/globals';
import { GAVE_UP, patiently } from '../../../src/process/patience.js';
import { Gate, settled } from '../../support/captured.js';
import { HandMadeClock } from '../../support/hand-made-clock.js';

it('waits as long as no signal aborts, and leaves no listener', async () => {
  const clock = new HandMadeClock();
  const { signal } = new AbortController();
  expect(await patiently(Promise.resolve('done'), { signals: [signal], graceMs: 10, clock })).toBe(
    'done',
  );
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  expect(clock.timers).toHaveLength(0);
});

it('gives up when the grace has passed after an abort, also one from before', async () => {
  const clock = new HandMadeClock();
  const signals = [AbortSignal.abort()];
  const waiting = patiently(new Promise(() => undefined), { signals, graceMs: 10, clock });
  await settled();
  await clock.pass(10);
  expect(await waiting).toBe(GAVE_UP);
});

it('begins no grace for work that has ended before everything was idle', async () => {
  const clock = new HandMadeClock();
  const [work, idle] = [new Gate(), new Gate()];
  const controller = new AbortController();
  const waiting = patiently(work.opened, {
    signals: [controller.signal],
    graceMs: 10,
    clock,
    untilIdle: () => idle.opened,
  });
  controller.abort();
  work.open();
  await waiting;
  idle.open();
  await settled();
  expect(clock.timers).toHaveLength(0);
});
