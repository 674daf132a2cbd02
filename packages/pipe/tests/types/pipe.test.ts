import { createGzip } from 'node:zlib';
import { describe, it } from '@jest/globals';
import type {
  EntryBuilder,
  Launchable,
  Launched,
  OutputCallback,
  ProcessManager,
  ProcessResult,
} from '@proc/core';
import type {
  Pipeline,
  PipelineBuilder,
  PipelineResult,
  PipelineStage,
  RunningPipeline,
  StageResult,
  ThroughStage,
  TeeTarget,
} from '@proc/pipe';
import { expectTypeOf } from 'expect-type';

/** Never called: what is checked is that it compiles. */
function checked(processes: ProcessManager, pipeline: Pipeline, entries: EntryBuilder): void {
  processes.pipe((pipe) => {
    expectTypeOf(pipe).toEqualTypeOf<PipelineBuilder>();
    pipe.as('upper').through((line) => {
      expectTypeOf(line.toUpperCase()).toEqualTypeOf<string>();
      return line.toUpperCase();
    });
    const stage = pipe.through(async function* (lines) {
      for await (const line of lines) {
        expectTypeOf(line).toEqualTypeOf<string>();
        yield line;
      }
    });
    expectTypeOf(stage).toEqualTypeOf<ThroughStage>();
    pipe.through((chunk, { signal }) => (signal.aborted ? null : chunk.readUInt8(0)), {
      input: 'bytes',
    });
    pipe.through(
      async function* (chunks) {
        for await (const chunk of chunks) {
          expectTypeOf(chunk).toEqualTypeOf<Buffer>();
          yield chunk;
        }
      },
      { input: 'bytes' },
    );
    expectTypeOf(pipe.stderrToStdin()).toEqualTypeOf<PipelineBuilder>();
    pipe.stderrToStdin('only');
    // @ts-expect-error -- there is no such mode
    pipe.stderrToStdin('all');
    pipe.through(createGzip());
    pipe.through(() => createGzip());
    pipe.through(new TransformStream());
    pipe.through((line: string) => [line, null, 1, true]);
    pipe.through(async (_line: string) => undefined);
    // @ts-expect-error -- an object is no piece of output
    pipe.through((_line: string) => ({}));
    // @ts-expect-error -- words are no kind of input
    pipe.through((line) => line, { input: 'words' });
  });
  processes.pipe([
    'ls',
    ['ls', '-la'],
    { command: 'wc', key: 'count' },
    createGzip(),
    (line) => line.trim(),
  ]);
  expectTypeOf<PipelineResult['branch']>().returns.toEqualTypeOf<PipelineResult | undefined>();
  expectTypeOf<PipelineBuilder['tee']>().parameter(0).toEqualTypeOf<TeeTarget>();
  expectTypeOf(pipeline.stderrToStdin('both')).toEqualTypeOf<Pipeline>();
  expectTypeOf(pipeline.to(new URL('file:///a'), { append: true })).toEqualTypeOf<Pipeline>();
  expectTypeOf(pipeline.stages).toEqualTypeOf<readonly PipelineStage[]>();
  expectTypeOf(processes.pipeThrough).toEqualTypeOf(processes.pipe);
  expectTypeOf(entries.pipeThrough(['a'])).toEqualTypeOf<Pipeline>();
  // @ts-expect-error -- there is no such mode
  processes.pipe(['a'], { mode: 'parallel' });

  void pipeline.run((chunk) => {
    expectTypeOf(chunk).toEqualTypeOf<string>();
  });
  void pipeline.run((type, chunk, key) => {
    if (type === 'out') expectTypeOf(chunk).toEqualTypeOf<string>();
    expectTypeOf(key).toEqualTypeOf<string | number | undefined>();
  });
  const callback: OutputCallback = () => undefined;
  void pipeline.run(callback);
  void pipeline.run({ output: callback });
  void pipeline.run({
    output: (chunk) => {
      expectTypeOf(chunk).toEqualTypeOf<string>();
    },
  });
}

describe('types', () => {
  it('are those of a launchable with a result of its own', () => {
    expectTypeOf<Pipeline>().toExtend<Launchable<PipelineResult>>();
    expectTypeOf<PipelineResult>().toExtend<ProcessResult>();
    expectTypeOf<ReturnType<Pipeline['launch']>>().toEqualTypeOf<Launched<PipelineResult>>();
    expectTypeOf<Awaited<ReturnType<Pipeline['run']>>>().toEqualTypeOf<PipelineResult>();
    expectTypeOf<Awaited<ReturnType<Pipeline['start']>>>().toEqualTypeOf<RunningPipeline>();
    expectTypeOf<PipelineResult['stages']>().toEqualTypeOf<readonly StageResult[]>();
    expectTypeOf<StageResult['bytesIn']>().toEqualTypeOf<number | null>();
    expectTypeOf(checked).toBeFunction();
  });
});
