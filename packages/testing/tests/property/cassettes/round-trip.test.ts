import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ProcessManager } from '@proc/core';
import { FakeProcessDescription as Description } from '@proc/testing';
import * as fc from 'fast-check';
import { CassetteScene } from '../../support/cassette-scene.js';
import { PathPlaceholders } from '../../../src/cassettes/matching/path-placeholders.js';

let scene: CassetteScene;
beforeEach(() => {
  scene = new CassetteScene();
});
afterEach(() => scene.remove());

const bytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 40 }).map((each) => Buffer.from(each)),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((each) => Buffer.from(each)),
  fc
    .array(
      fc.constantFrom('{project}', '{{tmp}', '{', '}', '/tmp', '/tmp/a', '\n', '[secret]', ' '),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((each) => Buffer.from(each.join(''))),
  fc.integer({ min: 60_000, max: 200_000 }).map((length) => Buffer.alloc(length, 'ab\n')),
);
const chunks = fc.array(fc.tuple(fc.constantFrom('out' as const, 'err' as const), bytes), {
  maxLength: 12,
});
const exits = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  fc.constantFrom('SIGTERM' as const, 'SIGSEGV' as const),
);

interface Seen {
  readonly out: string;
  readonly err: string;
  /** What arrived, in order; neighbours of one stream as one. */
  readonly order: readonly (readonly [type: string, text: string])[];
  readonly exit: unknown;
}

async function observe(processes: ProcessManager, input: Buffer): Promise<Seen> {
  const order: [string, string][] = [];
  const result = await processes
    .command(['p', 'x'])
    .input(input)
    .options({ encoding: 'latin1' })
    .run((type, chunk) => {
      const last = order.at(-1);
      if (last?.[0] === type) last[1] += chunk;
      else order.push([type, chunk]);
    });
  return {
    out: result.bytes().toString('hex'),
    err: result.stderr,
    order,
    exit: [result.exitCode, result.signal],
  };
}

jest.setTimeout(120_000);

describe('a recording', () => {
  it('replays the same bytes in the same order of both streams, with the same exit', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, exits, bytes, async (pieces, exit, input) => {
        const program = pieces.reduce(
          (life, [type, piece]) => (type === 'out' ? life.output(piece) : life.errorOutput(piece)),
          new Description(),
        );
        const ending = typeof exit === 'number' ? program.exitCode(exit) : program.signal(exit);
        const recorded = await scene.use({ mode: 'record' }, { 'p *': ending }, (processes) =>
          observe(processes, input),
        );
        const replayed = await scene.replay((processes) => observe(processes, input));

        expect(replayed).toEqual(recorded);
      }),
      { numRuns: 60 },
    );
  });

  it('loses nothing to names of paths', () => {
    const paths = new PathPlaceholders('/home/me/work', [
      { name: 'tmp', path: '/tmp' },
      { name: 'home', path: '/home/me' },
      { name: 'node', path: '/usr/bin/node' },
    ]);
    const pieces = fc.constantFrom(
      ...['{', '}', '{tmp}', '{{home}', '{project}', '/home/me', '/home/me/work', '/tmp'],
      ...['/usr/bin/node', '/', 'x', '-', '.', ' ', '\\'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (words) => {
        const text = words.join('');
        expect(paths.show(paths.hide(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});
