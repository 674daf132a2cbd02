import { join } from 'node:path';
import type { PoolKey } from '@proc/pool';

const FIXTURES = join(__dirname, '..', 'fixtures');

/** A program that says `ready`, and ends by SIGUSR2. */
export function waiting({ exitCode = 0, stubborn = false } = {}): string[] {
  const manner = stubborn ? 'stubborn' : 'obedient';
  return [process.execPath, join(FIXTURES, 'wait-for-signal.cjs'), String(exitCode), manner];
}

/** A program that prints, and exits. */
export function printing(out: string, err = '', exitCode = 0): string[] {
  return [process.execPath, join(FIXTURES, 'print.cjs'), out, err, String(exitCode)];
}

/** Listens to the output of a pool for the entries that say `ready`. */
export class Readiness {
  readonly #ready = new Set<PoolKey>();
  readonly #waiting = new Map<PoolKey, () => void>();

  readonly onOutput = (_type: string, _chunk: string, key: PoolKey): void => {
    this.#ready.add(key);
    this.#waiting.get(key)?.();
  };

  /** Resolves when the entries of these keys have said that they are ready. */
  async of(...keys: PoolKey[]): Promise<void> {
    for (const key of keys) {
      if (this.#ready.has(key)) continue;
      await new Promise<void>((resolve) => {
        this.#waiting.set(key, resolve);
      });
    }
  }
}
