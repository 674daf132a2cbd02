import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createProcess } from '@proc/process';
import { checksum } from '../src/checksum.js';
import { filesBelow } from '../src/files-below.js';
import { makeTree } from '../src/make-tree.js';

const root = fileURLToPath(new URL('..', import.meta.url));

async function run(...args) {
  const processes = await createProcess();
  try {
    const result = await processes
      .command(['node', ...args])
      .path(root)
      .timeout('2m')
      .run();
    return result.throw();
  } finally {
    await processes.shutdown();
  }
}

test('checksums are those of one loop in one process', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'batch-'));
  try {
    assert.equal(await makeTree(directory), 2000);
    let bytes = 0;
    const sums = new Set();
    for await (const file of filesBelow(directory)) {
      const { bytes: size, sum } = await checksum(file);
      bytes += size;
      sums.add(sum);
    }

    const result = await run('src/checksums.js', directory);

    assert.equal(result.errorOutput(), '');
    assert.equal(result.output(), `2000 files, ${bytes} bytes, ${sums.size} different contents\n`);
    assert.equal((await run('src/checksums.js')).output(), result.output());
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('primes are those of the books', async () => {
  const result = await run('src/primes.js', '100000');

  assert.deepEqual(result.lines(), [
    '9592 primes below 100000, the last is 99991',
    'their sum is 454396537',
    'the widest gap is 72, after 31397',
  ]);
});
