import fc from 'fast-check';
import { jest } from '@jest/globals';
import { settled } from './captured.js';
import type { Stage, StagedRun } from './staged-run.js';

/** Milliseconds by which the clock moves at a time; none of the times below is a multiple of it. */
export const STEP = 10;

/** Everything that may happen to a run, in any order. */
export const ACTIONS = {
  exits: ({ handle }: StagedRun) => handle.exit({ exitCode: 0, signal: null }),
  ends: ({ handle }: StagedRun) => handle.end({ exitCode: 3, signal: null }),
  'is killed': ({ handle }: StagedRun) => handle.end({ exitCode: null, signal: 'SIGTERM' }),
  prints: ({ handle }: StagedRun) => print(handle.stdout),
  complains: ({ handle }: StagedRun) => print(handle.stderr),
  'closes stdout': ({ handle }: StagedRun) => handle.stdout.end(),
  'closes stderr': ({ handle }: StagedRun) => handle.stderr.end(),
  'loses stdout': ({ handle }: StagedRun) => handle.stdout.destroy(),
  'breaks stderr': ({ handle }: StagedRun) => handle.stderr.destroy(new Error('reset')),
  'is aborted': (run: StagedRun) => run.abort(),
  'is stopped': (run: StagedRun) => run.process && run.ask(run.process.stop()),
  'is stopped at once': (run: StagedRun) => run.process && run.ask(run.process.stop(0)),
  'is sent SIGTERM': ({ process }: StagedRun) => process?.kill(),
  'is sent SIGKILL': ({ process }: StagedRun) => process?.kill('SIGKILL'),
  'is waited for': (run: StagedRun) => run.process && run.ask(run.process.wait()),
  'is read': (run: StagedRun) => run.process && run.ask(readAll(run.process.lines())),
  'is heard': (run: StagedRun) => run.release(),
  'loses its input': ({ input }: StagedRun) => input?.destroy(new Error('no more')),
  'has had its input': ({ input }: StagedRun) => input?.end(),
  'lives for a moment': () => jest.advanceTimersByTime(STEP),
} as const satisfies Record<string, (run: StagedRun) => unknown>;

export type Action = keyof typeof ACTIONS;

export const actions: fc.Arbitrary<readonly Action[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...(Object.keys(ACTIONS) as Action[])) },
    fc.constant('lives for a moment' as const),
    fc.constant('prints' as const),
  ),
  { maxLength: 14 },
);

export const stages: fc.Arbitrary<Stage> = fc.record({
  timeout: fc.option(fc.constantFrom(5, 25, 75)),
  idleTimeout: fc.option(fc.constantFrom(17, 37)),
  grace: fc.constantFrom(0, 13, 33),
  retry: fc.nat(1),
  maxOutput: fc.option(fc.constantFrom(0, 4, 7)),
  callback: fc.constantFrom('none', 'hears', 'waits', 'throws', 'rejects'),
  failsAt: fc.integer({ min: 1, max: 3 }),
  hasInput: fc.boolean(),
  obeys: fc.boolean(),
  leavesOutput: fc.boolean(),
});

/** Lets the run come to its end, whatever has happened: nobody hinders it any more, and time passes. */
export async function letEnd(run: StagedRun): Promise<void> {
  for (let waited = 0; waited < LONGEST && run.ends.length < run.asked; waited += 500) {
    run.release();
    await settled();
    run.handle.end();
    await settled();
    jest.advanceTimersByTime(500);
    await settled();
  }
}

/** More than a grace, the patience for SIGKILL and the longest wait for the output of two attempts. */
const LONGEST = 15_000;

function print(stream: { readonly writable: boolean; write(text: string): unknown }): void {
  if (stream.writable) stream.write('abc');
}

async function readAll(lines: AsyncIterable<string>): Promise<void> {
  for await (const _ of lines);
}
