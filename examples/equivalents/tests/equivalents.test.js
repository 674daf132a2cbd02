import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createProcess } from '@proc/process';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const [program, rows] of [
  ['pyprocessor', 40],
  ['toporia', 25],
  ['by-hand', 33],
]) {
  test(`every row of ${program} does what it says`, async () => {
    const processes = await createProcess();
    try {
      const pending = processes
        .command(['node', `src/${program}.js`])
        .path(root)
        .timeout('3m');
      const result = (await pending.run()).throw();

      assert.equal(result.errorOutput(), '');
      assert.equal(result.lines().at(-1), `${rows} rows`);
      assert.equal(result.lines().length, rows + 1);
    } finally {
      await processes.shutdown();
    }
  });
}
