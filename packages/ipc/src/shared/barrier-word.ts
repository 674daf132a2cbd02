import type { BarrierBreak } from '../wire/fault.js';

/** In the order of their numbers, from 1 on; 0: it is whole. */
const BREAKS: readonly BarrierBreak[] = ['aborted', 'timeout', 'cancelled', 'peer gone'];

const BREAK_AT = 10;
const GENERATION_AT = 13;

/** As many parties as can be counted. */
export const MOST_PARTIES = 2 ** BREAK_AT - 1;

/** What a barrier is like at one moment: all of it is one number, so that it changes at once. */
export interface BarrierMoment {
  readonly generation: number;
  readonly broken: BarrierBreak | undefined;
  readonly arrived: number;
}

export function readWord(word: number): BarrierMoment {
  return {
    generation: word >>> GENERATION_AT,
    broken: BREAKS[((word >>> BREAK_AT) & 7) - 1],
    arrived: word & MOST_PARTIES,
  };
}

export function toWord({ generation, broken, arrived }: BarrierMoment): number {
  const why = broken === undefined ? 0 : BREAKS.indexOf(broken) + 1;
  return (generation << GENERATION_AT) | (why << BREAK_AT) | arrived;
}

/** Begins the next generation: with nobody, and whole. After the last there is the first again. */
export function afterWord(word: number): number {
  return ((word >>> GENERATION_AT) + 1) << GENERATION_AT;
}
