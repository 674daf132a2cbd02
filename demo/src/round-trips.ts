import { ProcessManager, type Application, type PoolResults } from '@proc/process';
import { Display } from './display.js';
import type { RoundTripJob } from './round-trip-jobs.js';
import type { Section } from './section.js';
import { Tools } from './tools.js';

/** How a pool of round trips runs. */
export interface RoundTripOptions {
  readonly title: string;
  /** Whether the programs of one pipeline run at once or one after the other. */
  readonly mode: 'streaming' | 'sequential';
  /** How many pipelines run at once. */
  readonly window: number;
}

/**
 * A pool of pipelines: each compresses something, decompresses that, and prints the checksum of what came back, which
 * is compared with the original's.
 */
export async function runRoundTrips(
  app: Application,
  jobs: readonly RoundTripJob[],
  { title, mode, window }: RoundTripOptions,
): Promise<Section> {
  const display = app.get(Display);
  const tools = app.get(Tools);
  await using pool = app.get(ProcessManager).pool(
    (pool) => {
      for (const { key, input, level } of jobs) {
        const pipeline = pool.as(key).pipeThrough(
          (pipe) => {
            tools.compress(pipe, level);
            tools.decompress(pipe);
            tools.checksum(pipe);
          },
          { mode },
        );
        pipeline.input(input);
      }
    },
    { maxProcesses: window, onProgress: (progress) => display.progress(title, progress) },
  );
  const results = await pool.start();
  display.clear();
  if (results.reason !== null) throw new Error(`The pool was ${results.reason}.`);
  return {
    title,
    succeeded: results.successCount,
    failed: results.failureCount,
    durationMs: results.durationMs,
    problems: jobs.flatMap((job) => compare(job, results)),
  };
}

function compare({ key, checksum }: RoundTripJob, results: PoolResults): string[] {
  const result = results.get(key);
  if (result === undefined) return [`${key}: was not run`];
  if (result.failed()) return [`${key}: ${result.error?.message ?? result.errorOutput()}`];
  const [found = ''] = result.output().trim().split(' ');
  return found === checksum ? [] : [`${key}: the checksum is ${found}, not ${checksum}`];
}
