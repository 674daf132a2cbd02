import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OutputFeed } from '../../src/capture/output-feed.js';
import { iterateChunks } from '../../src/capture/iterate-output.js';
import { LineIterator } from '../../src/capture/line-iterator.js';
import { splitLines } from '../../src/capture/line-splitter.js';
import type { OutputType } from '../../src/contracts/output-callback.js';
import { Captured } from '../support/captured.js';
import { all, joined, printAll, prints, type Print } from '../support/prints.js';
import { tries } from '../support/tries.js';

const streams = fc.subarray<OutputType>(['out', 'err'], { minLength: 1 });
/** Above and below what is printed, so that some of it spills to a file. */
const retention = fc.constantFrom(4, 1000).map((limit) => ({
  policy: 'spill' as const,
  limit,
  file: null,
}));

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const seen: Item[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

/** Prints everything, while a reader that is made before one of the pieces reads. */
async function read<Item>(
  printed: readonly Print[],
  joins: number,
  stdout: Parameters<typeof make>[0],
  open: (captured: Captured) => AsyncIterable<Item>,
): Promise<readonly Item[]> {
  const captured = make(stdout);
  let reading: Promise<readonly Item[]> = Promise.resolve([]);
  await printAll(captured, printed, {
    [joins % (printed.length + 1)]: () => {
      reading = collect(open(captured));
    },
  });
  return reading;
}

function make(stdout: {
  readonly policy: 'spill';
  readonly limit: number;
  readonly file: null;
}): Captured {
  return new Captured({ stdout });
}

it('gives a feed every byte once and in order of arrival, whenever it begins to read', async () => {
  await fc.assert(
    fc.asyncProperty(prints, fc.nat(), retention, streams, async (printed, joins, keep, types) => {
      const chunks = await read(
        printed,
        joins,
        keep,
        ({ capture }) => new OutputFeed(capture, types),
      );
      const expected = joined(printed.filter(({ type }) => types.includes(type)));
      expect(joined(chunks)).toEqual(expected);
      for (const type of types) {
        const ends = chunks.filter((chunk) => chunk.type === type).map(({ to }) => to);
        expect(ends.at(-1) ?? 0).toBe(all(printed, type).length);
      }
    }),
    tries(150),
  );
});

it('begins a feed at any byte', async () => {
  await fc.assert(
    fc.asyncProperty(prints, fc.nat(), fc.nat(), retention, async (printed, out, joins, keep) => {
      const since = { out: out % (all(printed, 'out').length + 1), err: 0 };
      const captured = make(keep);
      await printAll(captured, printed);
      const chunks = await collect(new OutputFeed(captured.capture, ['out', 'err'], since));
      expect(all(chunks, 'out')).toEqual(all(printed, 'out').subarray(since.out));
      expect(all(chunks, 'err')).toEqual(all(printed, 'err'));
    }),
    tries(150),
  );
});

it('iterates over the same lines wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(prints, fc.nat(), retention, streams, async (printed, joins, keep, types) => {
      const atEnd = (): Promise<void> => Promise.resolve();
      const lines = await read(
        printed,
        joins,
        keep,
        ({ capture }) => new LineIterator(capture, 'utf8', types, atEnd),
      );
      const expected = types.flatMap((type) => splitLines(all(printed, type).toString()));
      // With both streams their lines are mixed as they came; those of one stay in order.
      if (types.length === 1) expect(lines).toEqual(expected);
      else expect([...lines].sort()).toEqual([...expected].sort());
    }),
    tries(150),
  );
});

it('iterates over chunks that make up the text wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(prints, fc.nat(), retention, streams, async (printed, joins, keep, types) => {
      const chunks = await read(printed, joins, keep, ({ capture }) =>
        iterateChunks(capture, 'utf8', types),
      );
      for (const type of types) {
        const texts = chunks.filter((chunk) => chunk.type === type).map(({ chunk }) => chunk);
        expect(texts.join('')).toBe(all(printed, type).toString());
        expect(texts).not.toContain('');
      }
    }),
    tries(150),
  );
});
