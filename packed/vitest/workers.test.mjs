import { createRequire } from 'node:module';
import { Process } from '@proc/process';
import { task } from '@proc/workers';
import { afterAll, expect, test } from 'vitest';

const workers = Process.workers();
afterAll(() => workers.close());

const add = (a, b) => a + b;

test.each(['process', 'thread'])(
  'a worker of the kind %s runs functions of a test',
  async (kind) => {
    const pool = workers.defaultPool(kind);
    expect(await pool.run((value) => value * 2, 21)).toBe(42);
    expect(await pool.with({ with: { add } }).run((value) => add(value, 1), 1)).toBe(2);
    expect(() => pool.submit((value) => add(value, 1), 1)).toThrow('{ with: { add } }');
  },
);

test.each(['process', 'thread'])('it loads TypeScript, or says what it takes: %s', async (kind) => {
  const priced = task(new URL('./priced.ts', import.meta.url), 'priced');
  const outcome = await workers
    .defaultPool(kind)
    .run(priced, 2)
    .catch((error) => error.message);
  // Vitest reads TypeScript for itself; a worker needs Node or a loader for it.
  const reads = Boolean(process.features.typescript) || hasLoader();
  expect(outcome).toEqual(
    reads ? { value: 6 } : expect.stringContaining('start the program with tsx'),
  );
});

function hasLoader() {
  try {
    return createRequire(import.meta.url).resolve('tsx') !== '';
  } catch {
    return false;
  }
}
