import {
  EventDispatcher,
  ProcessFailedError,
  ProcessManager,
  ProcessRetrying,
  ProcessTimedOutError,
  type Application,
  type PoolResults,
  type ProcessResult,
} from '@proc/process';
import { Display } from './display.js';
import { Scratch } from './scratch.js';
import type { Section } from './section.js';

/** Succeeds at the third attempt: each earlier one leaves a mark behind. */
const FLAKY = 'mkdir first 2>/dev/null && exit 75; mkdir second 2>/dev/null && exit 75; echo ready';

/** A job that is retried, one that runs into its timeout and one that fails: every ending is a result. */
export async function whenThingsGoWrong(app: Application): Promise<Section> {
  const display = app.get(Display);
  const stopListening = app.get(EventDispatcher).listen(ProcessRetrying, (event) => {
    const { attempt, result, delayMs } = event;
    display.line(`  retried    attempt ${attempt}: ${result.exitText}, again in ${delayMs} ms`);
  });
  const results = await app
    .get(ProcessManager)
    .pool((pool) => {
      pool
        .as('retried')
        .command(FLAKY)
        .path(app.get(Scratch).directory)
        .retry({ times: 4, delay: '100ms', factor: 2 });
      pool.as('timeout').command('tail -f /dev/null').timeout('400ms');
      pool.as('failure').command(['cat', 'no-such-file']).env({ LC_ALL: 'C' });
    })
    .start();
  stopListening();

  return {
    title: 'when things go wrong',
    succeeded: results.successCount,
    failed: results.failureCount,
    durationMs: results.durationMs,
    problems: [
      ...checkRetried(results, display),
      ...checkError(results, 'timeout', (error) => ProcessTimedOutError.is(error), display),
      ...checkError(results, 'failure', (error) => ProcessFailedError.is(error), display),
    ],
  };
}

function checkRetried(results: PoolResults, display: Display): string[] {
  const retried = results.get('retried');
  if (retried?.successful() !== true || retried.attempts !== 3) {
    return [
      `the retried job should succeed at the third attempt, not at ${retried?.attempts ?? 0}`,
    ];
  }
  display.line(`  retried    attempt ${retried.attempts}: "${retried.output().trim()}"`);
  return [];
}

function checkError(
  results: PoolResults,
  key: string,
  isExpected: (error: unknown) => boolean,
  display: Display,
): string[] {
  const error = errorOf(results.get(key));
  if (error === undefined || !isExpected(error)) return [`the ${key} ended in ${String(error)}`];
  display.line(`  ${key}    ${error.name}, as expected:`);
  for (const line of error.message.split('\n')) display.line(`             ${line}`);
  return [];
}

/** What `throw()` turns a result into; `undefined` after a success. */
function errorOf(result: ProcessResult | undefined): Error | undefined {
  try {
    result?.throw();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
