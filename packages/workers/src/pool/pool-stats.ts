import { realTime } from '@proc/core/internal';
import type { WorkerKind } from '../contracts/worker-kind.js';
import type { WorkerPoolStats, WorkerStats } from '../contracts/worker-pool-stats.js';
import type { PoolEngine } from './pool-engine.js';
import type { PoolWorker } from './pool-worker.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';

/** What the numbers of a pool are taken from. */
export interface StatsSources {
  readonly kind: WorkerKind;
  readonly options: ResolvedPoolOptions;
  readonly engine: PoolEngine;
  readonly waiting: number;
}

/** The numbers of a pool at this moment. */
export function poolStats({ kind, options, engine, waiting }: StatsSources): WorkerPoolStats {
  const { reporter, crew, queue, inFlight } = engine;
  const { name, min, max, sizeReason } = options;
  const { started, workedMs, bytes } = crew.totals;
  return {
    name,
    kind,
    min,
    max,
    sizeReason,
    workers: [...crew.workers].map(workerStats),
    queued: queue.size,
    waiting,
    inFlight,
    submitted: reporter.submittedCount,
    completed: reporter.completedCount,
    ...reporter.ended,
    retried: reporter.retriedCount,
    requeued: reporter.requeuedCount,
    started,
    crashed: reporter.crashedCount,
    recycled: reporter.recycledCount,
    waitMs: reporter.waits.summary(),
    runMs: reporter.runs.summary(),
    sendMs: reporter.sends.summary(),
    bytes,
    utilization: workedMs === 0 ? 0 : Math.min(1, reporter.runs.sum / workedMs),
    broken: crew.circuit.isOpen(realTime.now()),
    shortage: crew.shortage.lack,
  };
}

function workerStats(worker: PoolWorker): WorkerStats {
  const { id, state, pid, threadId, assigned, inFlight, memory, startedAt } = worker;
  const ageMs = realTime.now() - startedAt;
  return { id, state, pid, threadId, tasks: assigned, inFlight: inFlight.size, ageMs, memory };
}
