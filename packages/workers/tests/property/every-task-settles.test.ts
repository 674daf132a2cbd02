import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CloseOptions } from '../../src/contracts/close-options.js';
import type { TaskHandle } from '../../src/contracts/task-handle.js';
import type { WorkerKind } from '../../src/contracts/worker-kind.js';
import { TaskCompleted, TaskFailed } from '../../src/events/task-events.js';
import { makePool } from '../support/pools.js';
import { RecordingEvents } from '../support/recording-events.js';
import { work } from '../support/work.js';

/** A way for a task to end: what it runs, and what its result is. */
interface Way {
  readonly name: string;
  readonly args?: readonly unknown[];
  /** The value, or the name of the error's class. */
  readonly ends: { readonly value: unknown } | { readonly error: string };
  /** Its worker dies: while it runs, or just after. */
  readonly kills?: 'itself' | 'next';
  readonly only?: WorkerKind;
}

const CRASH = { error: 'WorkerCrashedError' };

const WAYS: readonly Way[] = [
  { name: 'echo', args: [7], ends: { value: 7 } },
  { name: 'sleep', args: [2, 'slept'], ends: { value: 'slept' } },
  { name: 'fail', args: ['thrown'], ends: { error: 'RangeError' } },
  { name: 'rejectLater', ends: { error: 'Error' } },
  { name: 'throwText', ends: { error: 'RemoteError' } },
  { name: 'throwOdd', ends: { error: 'RemoteError' } },
  { name: 'oddThen', ends: { error: 'Error' } },
  { name: 'uncloneable', ends: { error: 'UncloneableValueError' } },
  { name: 'emitUncloneable', ends: { error: 'UncloneableValueError' } },
  { name: 'echo', args: [() => 1], ends: { error: 'UncloneableValueError' } },
  { name: 'nonsense', ends: { error: 'TaskLoadError' } },
  { name: 'exit', args: [0], ends: CRASH, kills: 'itself' },
  { name: 'exit', args: [1], ends: CRASH, kills: 'itself' },
  { name: 'stray', ends: CRASH, kills: 'itself' },
  { name: 'unhandled', ends: CRASH, kills: 'itself' },
  { name: 'lateStray', ends: { value: 'fine' }, kills: 'next' },
  { name: 'killSelf', ends: CRASH, kills: 'itself', only: 'process' },
  { name: 'disconnect', ends: CRASH, kills: 'itself', only: 'process' },
];

interface Step {
  readonly way: Way;
  readonly key: string | undefined;
  readonly timeout: '1m' | undefined;
  /** Cancelled when so many tasks have ended. */
  readonly cancelAfter: number | undefined;
}

interface Plan {
  readonly size: number;
  readonly concurrency: number;
  readonly steps: readonly Step[];
  /** When so many tasks have ended. */
  readonly close: { readonly after: number; readonly options: CloseOptions } | undefined;
}

function plans(kind: WorkerKind): fc.Arbitrary<Plan> {
  const ways = WAYS.filter(
    ({ kills, only = kind }) => only === kind && (kind !== 'inline' || kills === undefined),
  );
  const step = fc.record({
    way: fc.constantFrom(...ways),
    key: fc.constantFrom(undefined, undefined, 'a', 'b'),
    timeout: fc.constantFrom(undefined, undefined, '1m' as const),
    cancelAfter: fc.option(fc.nat(6), { nil: undefined, freq: 5 }),
  });
  return fc.record({
    size: fc.integer({ min: 1, max: 3 }),
    concurrency: fc.constantFrom(1, 1, 3),
    steps: fc.array(step, { minLength: 1, maxLength: 14 }),
    close: fc.option(
      fc.record({
        after: fc.nat(8),
        options: fc.constantFrom<CloseOptions>({}, { queued: 'reject' }, { force: true }),
      }),
      { nil: undefined, freq: 2 },
    ),
  });
}

/** How a task ended: its value, or the class of its error. */
type Outcome = { readonly value: unknown } | { readonly error: string };

async function outcomeOf(handle: TaskHandle): Promise<Outcome> {
  try {
    return { value: await handle.result };
  } catch (error) {
    return { error: (error as Error).constructor.name };
  }
}

/** Tells which tasks do not end. */
async function unlessHanging<T>(
  handles: readonly TaskHandle[],
  outcomes: readonly Promise<T>[],
): Promise<T[]> {
  let timer: NodeJS.Timeout | undefined;
  const hanging = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const statuses = handles.map(({ name, status }) => `${name} ${status}`);
      reject(new Error(`Not all tasks end: ${statuses.join(', ')}`));
    }, 20_000);
  });
  try {
    return await Promise.race([Promise.all(outcomes), hanging]);
  } finally {
    clearTimeout(timer);
  }
}

function mayEnd({ way, cancelAfter }: Step, plan: Plan): readonly Outcome[] {
  const kills = plan.steps.flatMap((step) => step.way.kills ?? []);
  const maySuffer = kills.includes('next') || (plan.concurrency > 1 && kills.length > 0);
  return [
    way.ends,
    ...(cancelAfter === undefined ? [] : [{ error: 'TaskCancelledError' }]),
    ...(plan.close === undefined ? [] : [{ error: 'PoolClosedError' }]),
    ...(maySuffer ? [CRASH] : []),
  ];
}

async function carryOut(kind: WorkerKind, plan: Plan): Promise<void> {
  const { size, concurrency, steps, close } = plan;
  const events = new RecordingEvents();
  const pool = makePool(kind, { size, concurrency, output: 'ignore', grace: 0 }, events);
  const actions: (() => void)[][] = [];
  const at = (count: number, action: () => void): unknown => (actions[count] ??= []).push(action);
  const handles = steps.map(({ way, key, timeout, cancelAfter }) => {
    const handle = pool.with({ key, timeout }).submit(work(way.name), ...(way.args ?? []));
    if (cancelAfter !== undefined) at(cancelAfter, () => handle.cancel());
    return handle;
  });
  let closing: Promise<unknown> | undefined;
  if (close !== undefined) {
    at(close.after, () => {
      closing = pool.close(close.options);
    });
  }
  let ended = 0;
  const advance = (): void => {
    for (const action of actions[ended] ?? []) action();
  };
  advance();
  const outcomes = await unlessHanging(
    handles,
    handles.map(async (handle) => {
      const outcome = await outcomeOf(handle);
      ended += 1;
      advance();
      return outcome;
    }),
  );
  for (const [index, step] of steps.entries()) {
    expect(mayEnd(step, plan)).toContainEqual(outcomes[index]);
  }
  const told = [...events.of(TaskCompleted), ...events.of(TaskFailed)].map(({ task }) => task.id);
  expect(told.sort()).toEqual(handles.map(({ id }) => id).sort());
  const { submitted, completed, failed, cancelled, timedOut, inFlight, queued } = pool.stats();
  expect([completed + failed + cancelled + timedOut, inFlight, queued]).toEqual([submitted, 0, 0]);
  if (closing === undefined) expect(await pool.run(work('add'), 1, 1)).toBe(2);
  await (closing ?? pool.close());
  expect(pool.stats().workers).toEqual([]);
}

describe('Every task ends, once, and as it should', () => {
  test.each<[WorkerKind, number]>([
    ['inline', 150],
    ['thread', 25],
    ['process', 12],
  ])('whatever happens in a pool of the kind %s, in %i random mixtures', async (kind, numRuns) => {
    await fc.assert(
      fc.asyncProperty(plans(kind), (plan) => carryOut(kind, plan)),
      { numRuns, endOnFailure: true },
    );
  });
});
