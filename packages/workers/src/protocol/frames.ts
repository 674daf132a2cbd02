import type { ErrorEnvelope } from '../errors/error-envelope.js';
import type { ShippedReference } from '../functions/shipping/reference-shipper.js';
import type { TaskReference } from '../functions/task-reference.js';

/**
 * What goes between a pool and a worker. A frame is a list of items, so that many cross at the price of one; an item is
 * a list that begins with its kind, since lists of numbers are what is cloned fastest.
 */
export const Kind = {
  task: 1,
  cancel: 2,
  message: 3,
  ping: 4,
  exit: 5,
  setUp: 6,
  ipc: 7,
  know: 8,
  ready: 11,
  failed: 12,
  started: 13,
  done: 14,
  error: 15,
  emitted: 16,
  output: 17,
  pong: 18,
  left: 19,
  fatal: 20,
  loading: 21,
  dropped: 22,
} as const;

/** What a worker is to do about a task beside running it; several are added up. */
export const Ask = {
  /** Say when it begins. */
  announce: 1,
  /** See right before it begins whether the pool has taken it back. */
  look: 2,
  /** Say when its function has to be loaded first. */
  tellLoading: 4,
} as const;

/** A task by its number alone, once the worker knows it. */
export type TaskPointer = number | ShippedReference;

/** A task: its number in the worker and in the pool, what is asked for as to {@link Ask}, and its arguments. */
export type TaskItem = readonly [
  kind: typeof Kind.task,
  seq: number,
  task: TaskPointer,
  number: number,
  attempt: number,
  asks: number,
  ...args: readonly unknown[],
];

/** Where the arguments of a task begin. They are no list of their own, which would take longer to cross. */
export const FIRST_ARGUMENT = 6;

export type ToWorker =
  | TaskItem
  | readonly [kind: typeof Kind.cancel, seq: number, reason: ErrorEnvelope]
  | readonly [kind: typeof Kind.message, seq: number, value: unknown]
  | readonly [kind: typeof Kind.ping, beat: number]
  | readonly [kind: typeof Kind.exit]
  | readonly [kind: typeof Kind.know, task: ShippedReference]
  | readonly [kind: typeof Kind.setUp, setUp: WorkerSetUp]
  | readonly [kind: typeof Kind.ipc, frame: unknown];

/** How long tasks ran is told in nanoseconds: whole numbers are written and read faster. */
export type FromWorker =
  | readonly [kind: typeof Kind.ready]
  | readonly [kind: typeof Kind.failed, error: ErrorEnvelope]
  | readonly [kind: typeof Kind.started, seq: number]
  | readonly [kind: typeof Kind.loading, seq: number]
  | readonly [kind: typeof Kind.dropped, seq: number]
  | readonly [kind: typeof Kind.done, seq: number, value: unknown, ns: number]
  | readonly [kind: typeof Kind.error, seq: number, error: ErrorEnvelope, ns: number]
  | readonly [kind: typeof Kind.emitted, seq: number, value: unknown]
  | readonly [kind: typeof Kind.output, seq: number, stream: 1 | 2, text: string]
  | readonly [kind: typeof Kind.pong, beat: number, memory: number]
  | readonly [kind: typeof Kind.left]
  | readonly [kind: typeof Kind.fatal, error: ErrorEnvelope]
  | readonly [kind: typeof Kind.ipc, frame: unknown];

/** The first thing that a worker is told. */
export interface WorkerSetUp {
  readonly poolId: string;
  readonly workerId: number;
  readonly depth: number;
  /** How many tasks run at once. */
  readonly concurrency: number;
  /** What becomes of what tasks print: see the pool's option. */
  readonly output: 'inherit' | 'capture' | 'ignore';
  /** How long the module of a task may take to be loaded. */
  readonly loadTimeoutMs: number;
  readonly setup?: TaskReference | undefined;
  readonly setupData?: unknown;
  readonly teardown?: TaskReference | undefined;
}
