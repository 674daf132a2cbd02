import { Writable } from 'node:stream';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PipelineMode, StageInput } from '@proc/pipe';
import { withManager } from '../support/application.js';

/** Reads all that there is, and can not fail. */
const thorough = fc.constantFrom<StageInput>(
  'cat',
  ['tr', 'a-c', 'A-C'],
  ['sort', '-r'],
  ['wc', '-l'],
  (line) => [line, line],
);
const program = fc.constantFrom<StageInput>(
  'cat',
  ['tr', 'a-c', 'A-C'],
  ['head', '-n', '3'],
  ['tail', '-n', '2'],
  ['sort', '-r'],
  ['wc', '-l'],
  // Finds nothing now and then, and then fails.
  ['grep', '-v', 'a'],
  ['sh', '-c', 'cat; echo "from the shell" >&2'],
);
const inProcess = fc.constantFrom<StageInput>(
  (line) => `${line}!`,
  (line) => (line.length > 3 ? line : null),
  (line) => [line, line],
  async function* (lines) {
    let number = 0;
    for await (const line of lines) yield `${++number} ${line}`;
  },
  () => new TransformStream(),
);
const stages = fc.array(fc.oneof({ weight: 2, arbitrary: program }, inProcess), {
  minLength: 1,
  maxLength: 4,
});
const input = fc
  .tuple(
    fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ä', ' ', '\r') })),
    fc.boolean(),
  )
  .map(([lines, ended]) => lines.join('\n') + (ended ? '\n' : ''));

it('gives the same result whether the stages run one after the other or at once', async () => {
  await withManager(async (processes) => {
    await fc.assert(
      fc.asyncProperty(stages, input, fc.boolean(), async (list, text, joined) => {
        const run = async (mode: PipelineMode): Promise<unknown> => {
          const pipeline = processes.pipe(list, { mode, input: text });
          const result = await (joined ? pipeline.stderrToStdin() : pipeline).run();
          if (result.failed()) return 'failed';
          return {
            bytes: result.bytes().toString('hex'),
            stderr: result.stderr,
            // Not their exit codes: streaming, a writer may be told that its reader had enough.
            keys: result.stages.map(({ key }) => key),
            exitCode: result.exitCode,
          };
        };
        expect(await run('streaming')).toEqual(await run('sequential'));
      }),
      { numRuns: 40 },
    );
  });
}, 240_000);

it('gives each copy and each branch what a pipeline of its own would be given', async () => {
  const few = fc.array(thorough, { minLength: 1, maxLength: 2 });
  await withManager(async (processes) => {
    const output = async (list: readonly StageInput[], text: Buffer): Promise<Buffer> =>
      (await processes.pipe([...list], { input: text }).run()).bytes();
    const run = fc.constantFrom<PipelineMode>('streaming', 'sequential');
    await fc.assert(
      fc.asyncProperty(
        few,
        few,
        few,
        few,
        input,
        run,
        async (before, one, other, after, text, mode) => {
          const copies: Buffer[] = [];
          const copy = new Writable({
            write: (chunk: Buffer, _encoding, done) => {
              copies.push(chunk);
              setImmediate(done);
            },
          });
          const result = await processes
            .pipe(
              (pipe) => {
                pipe.pipeThrough([...before], { mode });
                pipe.tee(copy);
                pipe.branch({ one: [...one], other: [...other] });
                pipe.pipeThrough([...after], { mode });
              },
              { mode, input: text },
            )
            .run();

          const expected = await output(before, Buffer.from(text));
          const branches = [await output(one, expected), await output(other, expected)];
          expect(result.exitCode).toBe(0);
          expect(Buffer.concat(copies).toString()).toBe(expected.toString());
          expect([result.branch('one'), result.branch('other')].map((end) => end?.stdout)).toEqual(
            branches.map(String),
          );
          expect(result.stdout).toBe(String(await output(after, Buffer.concat(branches))));
        },
      ),
      { numRuns: 20 },
    );
  });
}, 240_000);
