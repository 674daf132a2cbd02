import assert from 'node:assert/strict';

let count = 0;

/** Runs a row, and compares what it comes to with what is expected. */
export async function row(name, run, expected) {
  assert.deepEqual(await run(), expected, name);
  count += 1;
  console.log(`ok ${name}`);
}

/** The last line of each program. */
export function finish() {
  console.log(`${count} rows`);
}
