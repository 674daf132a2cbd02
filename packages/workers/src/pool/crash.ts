import type { WorkerEnd } from '../backends/worker-channel.js';
import { WorkerCrashedError } from '../errors/worker-crashed-error.js';
import { WorkerStartError } from '../errors/worker-start-error.js';
import type { WorkerExitReason } from '../events/worker-events.js';
import type { PoolWorker } from './pool-worker.js';
import type { Task } from './task.js';

/** Why a worker is gone. */
export function exitReason(worker: PoolWorker, wasStarting: boolean): WorkerExitReason {
  if (worker.expectsEnd) return worker.isKilled ? 'killed' : 'left';
  return wasStarting ? 'startFailed' : 'crashed';
}

/** What becomes of a task whose worker is gone. */
export function crashOf(task: Task, worker: PoolWorker, end: WorkerEnd): WorkerCrashedError {
  const { exitCode, signal, stderr, outOfMemory } = end;
  return new WorkerCrashedError(
    {
      taskId: task.id,
      taskName: task.name,
      attempt: task.attempt,
      workerId: worker.id,
      pid: worker.pid,
      threadId: worker.threadId,
      exitCode,
      signal,
      stderr: worker.stderr.text + stderr,
      outOfMemory: outOfMemory || worker.isOverMemory,
    },
    worker.fatal ?? end.error,
  );
}

/** Why a worker was never ready. */
export function startErrorOf(worker: Pick<PoolWorker, 'id' | 'fatal'>, end: WorkerEnd): Error {
  if (worker.fatal !== undefined) return worker.fatal;
  const { exitCode, signal, error, stderr } = end;
  if (exitCode === null && signal === null) {
    return new WorkerStartError(worker.id, `can not be started: ${error?.message ?? '?'}`, error);
  }
  const way = signal ?? `code ${exitCode ?? '?'}`;
  // Threads say nothing there.
  const said = stderr.trim() === '' ? (error?.message ?? '') : stderr.trim();
  const tail = said === '' ? '' : `: ${said}`;
  return new WorkerStartError(worker.id, `ended with ${way} before it was ready${tail}`, error);
}

/** The tasks of a worker that is gone. */
export interface Remains {
  /** They have not begun, and can run elsewhere. */
  readonly unstarted: readonly Task[];
  /** They may have run, or nobody else may run them. */
  readonly lost: readonly Task[];
}

/** @param mostReturns - a task that came back so often does so no more: it may well be what ends workers */
export function remainsOf(worker: PoolWorker, mostReturns: number): Remains {
  const unstarted: Task[] = [];
  const lost: Task[] = [];
  const { lastStarted } = worker;
  for (const [seq, task] of worker.inFlight) {
    if (task === undefined) continue;
    const mayReturn = seq > lastStarted && task.returns < mostReturns && task.target === undefined;
    (mayReturn ? unstarted : lost).push(task);
  }
  return { unstarted, lost };
}
