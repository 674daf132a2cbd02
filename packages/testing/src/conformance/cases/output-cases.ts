import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { fstatSync, openSync, closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { group } from '../conformance-case.js';
import type { ConformanceContext } from '../conformance-context.js';
import { within } from '../wait-for.js';

const MEGABYTE = 1024 * 1024;
/** Within it a program prints many lines, also on a busy machine; in milliseconds. */
const PAUSE_MS = 200;

export const outputCases = group('output', [
  {
    name: 'delivers stdout and stderr apart',
    async run(context) {
      const result = await context.run('print', 'out\n', 'err\n');
      assert.equal(result.stdout, 'out\n');
      assert.equal(result.stderr, 'err\n');
    },
  },
  {
    name: 'delivers what is printed right before the exit',
    async run(context) {
      for (let round = 0; round < 3; round++) {
        const result = await context.run('flood', String(MEGABYTE));
        assertSameBytes(result.bytes('stdout'), pattern(MEGABYTE), 'stdout');
        assertSameBytes(result.bytes('stderr'), pattern(MEGABYTE).reverse(), 'stderr');
      }
    },
  },
  {
    name: 'delivers 8 MB byte for byte on both streams',
    async run(context) {
      const result = await context.run('flood', String(8 * MEGABYTE));
      assertSameBytes(result.bytes('stdout'), pattern(8 * MEGABYTE), 'stdout');
      assertSameBytes(result.bytes('stderr'), pattern(8 * MEGABYTE).reverse(), 'stderr');
    },
  },
  {
    name: 'holds a program back that prints faster than it is read',
    async run(context) {
      const blocks = 512;
      const { stdout, stderr, exited } = await context.launch('pour', [String(blocks)]);
      assert.ok(stdout !== null && stderr !== null, 'a piped stream is missing');
      let written = 0;
      stderr.on('data', (dots: Buffer) => {
        written += dots.length;
      });
      await standstill(context, () => written);
      assert.ok(written < blocks, '32 MB were taken from the program that nobody has read');
      let read = 0;
      for await (const chunk of stdout) read += (chunk as Buffer).length;
      assert.equal(read, (blocks * MEGABYTE) / 16);
      assert.equal((await within(20_000, 'The exit', exited)).exitCode, 0);
    },
  },
  {
    name: 'ends both streams after the exit',
    async run(context) {
      const { stdout, stderr, exited } = await context.launch('print', ['x', 'y']);
      assert.ok(stdout !== null && stderr !== null, 'a piped stream is missing');
      const ends = [stdout, stderr].map(
        (stream) => new Promise((resolve) => stream.once('end', resolve).resume()),
      );
      await within(20_000, 'The exit', exited);
      await within(20_000, 'The end of both streams', Promise.all(ends));
    },
  },
  {
    name: 'gives no stream for the null device',
    async run(context) {
      const handle = await context.launch('flood', [String(MEGABYTE)], {
        stdin: 'null',
        stdout: 'null',
        stderr: 'null',
      });
      assert.deepEqual([handle.stdin, handle.stdout, handle.stderr], [null, null, null]);
      assert.equal((await within(20_000, 'The exit', handle.exited)).exitCode, 0);
    },
  },
  {
    name: 'merges stderr into stdout in exact order',
    requires: ['mergeStderr'],
    async run(context) {
      let heard = false;
      const result = await context
        .command('alternate', '200')
        .mergeStderr()
        .run(() => {
          // Who reads two pipes may be lucky with a program that is slower: it prints the rest while nobody reads.
          if (!heard) block(PAUSE_MS);
          heard = true;
        });
      const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`);
      assert.deepEqual(result.lines(), lines);
      assert.equal(result.stderr, '');
    },
  },
  {
    name: 'writes to a descriptor and leaves it open',
    requires: ['kernelPipes'],
    async run(context) {
      const file = join(await context.directory(), 'output');
      const fd = openSync(file, 'w');
      try {
        const handle = await context.launch('print', ['to the file'], { stdout: { fd } });
        assert.equal(handle.stdout, null);
        await within(20_000, 'The exit', handle.exited);
        assert.equal(readFileSync(file, 'utf8'), 'to the file');
        assert.doesNotThrow(() => fstatSync(fd), 'the descriptor was closed');
      } finally {
        closeSync(fd);
      }
    },
  },
]);

/** Lets nothing else in this thread run for a time. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function pattern(length: number): Buffer {
  return Buffer.alloc(length, Buffer.from(Array.from({ length: 256 }, (_, index) => index)));
}

/** Resolves when a number has not changed for as long as two programs take to run, one after the other. */
async function standstill(context: ConformanceContext, count: () => number): Promise<void> {
  for (let unchanged = 0, last = 0; unchanged < 2; last = count()) {
    await context.run('print', 'x');
    unchanged = count() === last && last > 0 ? unchanged + 1 : 0;
  }
}

/** Megabytes are compared by length and hash: a difference of them would be no help. */
function assertSameBytes(actual: Buffer, expected: Buffer, name: string): void {
  assert.equal(actual.length, expected.length, `${name} is not complete`);
  assert.equal(digest(actual), digest(expected), `${name} is changed`);
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
