import { describe, expect, it } from '@jest/globals';
import { PipeWatch, type WatchedPipe } from '../../../src/output/pipe-watch.js';

/** Counts looks, and tells of one of them. */
class CountingPipe implements WatchedPipe {
  looks = 0;
  readonly #waiting = new Map<number, () => void>();

  look(): void {
    this.looks++;
    this.#waiting.get(this.looks)?.();
  }

  seen(times: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(times, resolve));
  }
}

describe('the watch over pipes', () => {
  const watch = new PipeWatch();
  const lookedAtFor = async (pipe: CountingPipe, times: number): Promise<void> => {
    watch.add(pipe);
    await pipe.seen(times);
    watch.remove(pipe);
  };

  it('looks at each pipe again and again', async () => {
    const [one, other] = [new CountingPipe(), new CountingPipe()];
    watch.add(other);
    await lookedAtFor(one, 3);
    watch.remove(other);
    expect(other.looks).toBe(3);
  });

  it('looks no more at one that is taken out, also by a look', async () => {
    const one = new CountingPipe();
    watch.add(one);
    void one.seen(1).then(() => {
      watch.remove(one);
    });
    await lookedAtFor(new CountingPipe(), 5);
    expect(one.looks).toBe(1);
  });

  it('begins anew when there was nothing to look at', async () => {
    const gone = new CountingPipe();
    watch.add(gone);
    watch.remove(gone);
    const next = new CountingPipe();
    await lookedAtFor(next, 1);
    await lookedAtFor(next, 4);
    expect(gone.looks).toBe(0);
  });
});
