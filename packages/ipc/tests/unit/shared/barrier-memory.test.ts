import { describe, expect, it } from '@jest/globals';
import { BarrierMemory } from '../../../src/shared/barrier-memory.js';
import { afterWord, toWord } from '../../../src/shared/barrier-word.js';
import { BARRIER } from '../../../src/shared/layout.js';

describe('the memory of a barrier', () => {
  it('knows what broke a generation, until its number can not be far from coming again', () => {
    const memory = new BarrierMemory(new Int32Array(BARRIER.broken + BARRIER.remembered));
    memory.change(memory.word, memory.word + 1);
    memory.reset();
    expect(memory.outcome(0)).toBe('aborted');
    for (let met = 1; met < 100; met++) {
      memory.change(memory.word, afterWord(memory.word));
      memory.forgetBefore(met);
    }
    expect(memory.outcome(0)).toBe('aborted');
    // As many as it takes for the number 0 to come again, and to be met.
    memory.change(memory.word, toWord({ generation: 2 ** 19 - 1, broken: undefined, arrived: 0 }));
    for (let met = 2 ** 19 - 256; met <= 2 ** 19; met++) memory.forgetBefore(met % 2 ** 19);
    memory.change(memory.word, afterWord(memory.word));
    memory.change(memory.word, afterWord(memory.word));
    expect(memory.moment.generation).toBe(1);
    expect(memory.outcome(0)).toBe('met');
  });
});
