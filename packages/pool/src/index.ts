export { Pool } from './pool.js';
export { PoolFactory } from './pool-factory.js';
export { ProcessPool, type ProcessPoolOptions } from './process-pool.js';
export { PoolServiceProvider } from './provider/pool-service-provider.js';
export { installPool, type PoolDefaults } from './provider/install-pool.js';
export {
  PoolResults,
  type PoolOutcome,
  type PoolResultsJson,
  type SkippedEntry,
} from './results/pool-results.js';

export type { ResultSummary } from './results/result-summary.js';
export type { CompletedEntry } from './contracts/completed-entry.js';
export type { Concurrency } from './contracts/concurrency.js';
export type { JournalOptions, ResumePolicy } from './contracts/journal-options.js';
export type { PoolBuilder, PoolDefinition } from './contracts/pool-definition.js';
export type { PoolEntryBuilder } from './contracts/pool-entry-builder.js';
export type { PoolEnvironment, StoppablePool } from './contracts/pool-environment.js';
export type { PoolKey } from './contracts/pool-key.js';
export type { GateOptions, Share } from './contracts/gate-options.js';
export type { HaltCount, HaltMoment, HaltOptions } from './contracts/halt-options.js';
export type {
  OutputOrder,
  PoolOptions,
  PoolProgressCallback,
  PoolProgressDisplay,
} from './contracts/pool-options.js';
export type {
  AnyOutputCallback,
  PoolChunkCallback,
  PoolOutputCallback,
} from './contracts/pool-output-callback.js';
export type { PoolStopReason } from './contracts/pool-stop-reason.js';
export type { Dependency, PoolEntryInput, Scheduling } from './contracts/scheduling.js';
export type { RunningEntry } from './contracts/running-entry.js';

export { readJournal } from './journal/read-journal.js';
export type {
  JournalEndedRecord,
  JournalErrorRecord,
  JournalOutput,
  JournalRecord,
  JournalRunRecord,
  JournalStartedRecord,
} from './journal/journal-record.js';
export { JournalError } from './errors/journal-error.js';
export { RestoredError } from './errors/restored-error.js';

export { EntrySkippedError, type SkipHindrance } from './errors/entry-skipped-error.js';
export { PoolFailedError } from './errors/pool-failed-error.js';
export { PoolInterruptedError, type InterruptionOrigin } from './errors/pool-interrupted-error.js';
export { PoolStateError } from './errors/pool-state-error.js';
export { PoolTimedOutError } from './errors/pool-timed-out-error.js';
