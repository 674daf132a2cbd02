import { describe, expect, it } from '@jest/globals';
import { ClockStack } from '../../../src/clock/clock-stack.js';
import { systemClock } from '../../../src/clock/system-clock.js';
import type { Clock } from '../../../src/contracts/clock.js';
import { HandMadeClock } from '../../support/hand-made-clock.js';

describe('ClockStack', () => {
  it('goes by the system as long as nobody has put another clock in its place', () => {
    expect(new ClockStack().current).toBe(systemClock);
  });

  it('goes by the last clock, and by the one below once that is taken out', () => {
    const clocks = new ClockStack();
    const [first, second] = [new HandMadeClock(), new HandMadeClock()];
    const takeFirst = clocks.use(first);
    const takeSecond = clocks.use(second);
    expect(clocks.current).toBe(second);
    takeSecond();
    expect(clocks.current).toBe(first);
    takeFirst();
    takeFirst();
    expect(clocks.current).toBe(systemClock);
  });

  it('takes out what was put in, whatever has come after it', () => {
    const clocks = new ClockStack();
    const clock = new HandMadeClock();
    const take = clocks.use(clock);
    const takeSame = clocks.use(clock);
    take();
    expect(clocks.current).toBe(clock);
    takeSame();
    expect(clocks.current).toBe(systemClock);
  });

  it('asks a function anew each time, and goes by what is below where it has none', () => {
    const clocks = new ClockStack();
    const [below, above] = [new HandMadeClock(), new HandMadeClock()];
    let answer: Clock | undefined = above;
    clocks.use(below);
    clocks.use(() => answer);
    expect(clocks.current).toBe(above);
    answer = undefined;
    expect(clocks.current).toBe(below);
  });

  it('releases all of them', () => {
    const clocks = new ClockStack();
    const [first, second] = [new HandMadeClock(), new HandMadeClock()];
    clocks.use(first);
    clocks.use(() => second);
    clocks.use(() => undefined);
    clocks.release();
    expect([first.released, second.released]).toEqual([1, 1]);
  });
});
