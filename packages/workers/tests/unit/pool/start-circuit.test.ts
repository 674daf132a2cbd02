import { describe, expect, it } from '@jest/globals';
import { StartCircuit } from '../../../src/pool/start-circuit.js';

describe('StartCircuit', () => {
  it('lets start until so many have failed in a row', () => {
    const circuit = new StartCircuit(2, 1000);
    circuit.fail(new Error('one'), 0);
    circuit.succeed();
    circuit.fail(new Error('two'), 10);
    expect([circuit.isTripped, circuit.isOpen(10)]).toEqual([false, false]);
    circuit.fail(new Error('three'), 20);
    expect([circuit.isTripped, circuit.isOpen(20)]).toEqual([true, true]);
    expect(circuit.errorOf('images')).toMatchObject({
      failures: 2,
      cause: new Error('three'),
      message: 'The pool "images" can not start workers, 2 times in a row: three',
    });
  });

  it('has one tried after a while, and waits twice as long each time that it fails, up to 30 s', () => {
    const circuit = new StartCircuit(1, 1000);
    const waits: number[] = [];
    for (let now = 0; waits.length < 7;) {
      circuit.fail(new Error('no'), now);
      const begin = now;
      while (circuit.isOpen(now)) now += 500;
      waits.push(now - begin);
      // Tried, and not trusted before it has worked.
      expect(circuit.isTripped).toBe(true);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    circuit.succeed();
    circuit.fail(new Error('anew'), 0);
    expect([circuit.isOpen(999), circuit.isOpen(1000)]).toEqual([true, false]);
  });
});
