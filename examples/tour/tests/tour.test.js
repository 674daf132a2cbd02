import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createProcess } from '@proc/process';

const root = fileURLToPath(new URL('..', import.meta.url));
const programs = readdirSync(`${root}/src`).filter((name) => name.endsWith('.js'));

test('all six are there', () => assert.equal(programs.length, 6));

for (const program of programs) {
  test(`${program} prints what is expected`, async () => {
    const expected = readFileSync(`${root}/expected/${program.replace('.js', '.txt')}`, 'utf8');
    const processes = await createProcess();
    try {
      const result = await processes
        .command(['node', `src/${program}`])
        .path(root)
        .timeout('2m')
        .run();

      assert.equal(result.errorOutput(), '');
      assert.equal(result.output(), expected);
      assert.equal(result.exitCode, 0);
    } finally {
      await processes.shutdown();
    }
  });
}
