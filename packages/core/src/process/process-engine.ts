import type { Clock } from '../contracts/clock.js';
import type { EventDispatcher } from '../contracts/event-dispatcher.js';
import type { ProcessMiddleware } from '../contracts/middleware.js';
import type { ProcessDriver } from '../contracts/process-driver.js';
import type { Leftovers } from '../termination/leftovers.js';
import type { ManagedProcess } from './managed-process.js';

/** A run as the manager sees it. */
export interface TrackedRun {
  readonly outcome: Promise<unknown>;
  /** It outlives the manager. */
  readonly detached: boolean;
  cancel(cause: Error): void;
}

/** What runs need of the manager that they belong to. */
export interface ProcessEngine {
  /** What fakes go by, and what is waited for between attempts. */
  readonly clock: Clock;
  readonly events: EventDispatcher;
  readonly middleware: readonly ProcessMiddleware[];
  /** What commands have left in the background. */
  readonly leftovers: Leftovers;
  /** Whether process groups are ended with this process. */
  readonly guardsOrphans: boolean;
  /**
   * The driver of a name, or the default one.
   *
   * @throws {@link DriverNotFoundError}
   */
  resolveDriver(name: string | null): ProcessDriver;
  /** Whether the manager has been shut down and starts nothing more. */
  isClosed(): boolean;
  /** Takes note of a run, until it has ended. */
  track(run: TrackedRun): void;
  /** Takes note of a started process. */
  admit(process: ManagedProcess): void;
}
