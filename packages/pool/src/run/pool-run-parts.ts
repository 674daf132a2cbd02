import type { Clock, EventDispatcher, ProcessManager } from '@proc/core';
import type { PoolEntries } from '../entries/read-definition.js';
import type { Journal } from '../journal/journal.js';
import type { OutputRouter } from '../output/output-router.js';
import type { ResolvedPoolOptions } from './resolve-options.js';

/** How one run goes on. */
interface PoolRunOptions extends ResolvedPoolOptions {
  /** How many entries may run at once in the beginning. */
  readonly places: number;
  /** What its time goes by. */
  readonly clock: Clock;
}

/** What a run is made of. */
export interface PoolRunParts {
  readonly manager: ProcessManager;
  readonly events: EventDispatcher | undefined;
  readonly entries: PoolEntries;
  readonly options: PoolRunOptions;
  readonly journal: Journal | null;
  readonly output: OutputRouter | null;
  /** Called when the results have been settled. */
  readonly onOver: () => void;
}
