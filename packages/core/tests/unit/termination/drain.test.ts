import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RunScope } from '../../../src/process/run-scope.js';
import { drain } from '../../../src/termination/drain.js';
import { Captured, Gate, settled } from '../../support/captured.js';

const LIMITS = { idleMs: 100, longestMs: 1000 };

describe('drain', () => {
  let captured: Captured;
  let scope: RunScope;
  let heldOpen: boolean | undefined;

  const begin = (impatient = false): void => {
    void drain(captured.capture, scope, { impatient }, LIMITS).then((held) => {
      heldOpen = held;
    });
  };
  const pass = async (ms: number): Promise<void> => {
    await jest.advanceTimersByTimeAsync(ms);
    await settled();
  };

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    captured = new Captured();
    scope = new RunScope();
    heldOpen = undefined;
  });
  afterEach(() => {
    scope.close();
    captured.capture.close();
    jest.useRealTimers();
  });

  it('ends with the output', async () => {
    begin();
    await captured.end();
    await pass(0);
    expect(heldOpen).toBe(false);
  });

  it('gives up after a silence', async () => {
    begin();
    await pass(99);
    expect(heldOpen).toBeUndefined();
    await pass(2);
    expect(heldOpen).toBe(true);
  });

  it('hears what the event loop has yet to read when its time is over', async () => {
    const source = { hasEnded: false, lastOutputAt: 0, heldBack: false, ended: new Gate().opened };
    let now = 0;
    const blocked = {
      clock: { now: () => now },
      timer: (ms: number, fire: () => void) => {
        now += ms;
        setImmediate(() => {
          source.hasEnded = true;
        });
        fire();
      },
    } as unknown as RunScope;
    expect(await drain(source, blocked, { impatient: false }, LIMITS)).toBe(false);
  });

  it('waits again after each chunk', async () => {
    begin();
    for (let round = 0; round < 5; round++) {
      await pass(80);
      await captured.print('still here');
    }
    await pass(90);
    expect(heldOpen).toBeUndefined();
    await captured.end();
    await pass(0);
    expect(heldOpen).toBe(false);
  });

  it('gives up in the end, however much still comes', async () => {
    begin();
    for (let at = 0; at < 1000; at += 50) {
      expect(heldOpen).toBeUndefined();
      await pass(50);
      await captured.print('y');
    }
    await pass(60);
    expect(heldOpen).toBe(true);
  });

  it('waits for a reader that holds the output back, unless it is impatient', async () => {
    const gate = new Gate();
    captured.capture.add({ accept: () => gate.opened });
    await captured.print('slow');
    begin();
    await pass(10_000);
    expect(heldOpen).toBeUndefined();
    gate.open();
    await pass(2000);
    expect(heldOpen).toBe(true);
  });

  it('loses nothing to a reader that takes longer over all pieces than the whole wait is', async () => {
    const taken: string[] = [];
    captured.capture.add({
      accept: async (_, bytes) => {
        await new Promise((resolve) => setTimeout(resolve, 600));
        taken.push(bytes.toString());
      },
    });
    for (const piece of ['1', '2', '3', '4']) captured.handle.stdout.write(piece);
    captured.handle.end();
    begin();
    for (let at = 0; at < 3000; at += 50) await pass(50);
    expect(taken).toEqual(['1', '2', '3', '4']);
    expect(heldOpen).toBe(false);
  });

  it('waits for nobody when the process was ended by us', async () => {
    captured.capture.add({ accept: () => new Gate().opened });
    await captured.print('slow');
    begin(true);
    await pass(150);
    expect(heldOpen).toBe(true);
  });
});
