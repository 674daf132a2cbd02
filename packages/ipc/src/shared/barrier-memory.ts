import type { BarrierBreak } from '../wire/fault.js';
import { afterWord, readWord, toWord, type BarrierMoment } from './barrier-word.js';
import { BARRIER } from './layout.js';

/** What threads, and the hub, do with the memory of a barrier. Every change is one step. */
export class BarrierMemory {
  constructor(readonly cells: Int32Array) {}

  get word(): number {
    return Atomics.load(this.cells, BARRIER.word);
  }

  get moment(): BarrierMoment {
    return readWord(this.word);
  }

  /** Changes the word, if it is still as it was seen. @returns whether it was */
  change(seen: number, word: number): boolean {
    return Atomics.compareExchange(this.cells, BARRIER.word, seen, word) === seen;
  }

  /** Lets all go on who wait. */
  wake(): void {
    Atomics.notify(this.cells, BARRIER.word);
  }

  /**
   * To be called when all have arrived in a generation: drops what is known of one of long ago. Numbers come again,
   * and the next generation of that number may well be met.
   */
  forgetBefore(generation: number): void {
    Atomics.store(this.cells, placeOf(generation + (BARRIER.remembered >>> 1)), 0);
  }

  /** Breaks a generation for all its parties, if it has not ended yet. */
  breakUp(generation: number, broken: BarrierBreak): void {
    for (;;) {
      const { word } = this;
      const moment = readWord(word);
      if (moment.generation !== generation || moment.broken !== undefined) return;
      if (!this.change(word, toWord({ ...moment, broken }))) continue;
      this.wake();
      return;
    }
  }

  /** Begins anew; who waits gets an error. */
  reset(): void {
    for (;;) {
      const { word } = this;
      const { generation, broken, arrived } = readWord(word);
      if (broken === undefined && arrived === 0) return;
      if (broken === undefined) {
        this.breakUp(generation, 'aborted');
        continue;
      }
      // Nobody else can end a broken generation, so all who get here write the same.
      Atomics.store(this.cells, placeOf(generation), word);
      if (!this.change(word, afterWord(word))) continue;
      this.wake();
      return;
    }
  }

  /** What became of a generation: `'met'`, what broke it, or `undefined` when it has not ended. */
  outcome(generation: number): 'met' | BarrierBreak | undefined {
    const { moment } = this;
    if (moment.generation === generation) return moment.broken;
    const kept = readWord(Atomics.load(this.cells, placeOf(generation)));
    return kept.generation === generation && kept.broken !== undefined ? kept.broken : 'met';
  }
}

function placeOf(generation: number): number {
  return BARRIER.broken + (generation % BARRIER.remembered);
}
