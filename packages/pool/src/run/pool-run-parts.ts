import type { EventDispatcher, ProcessManager } from '@proc/core';
import type { PoolEntries } from '../entries/read-definition.js';
import type { Journal } from '../journal/journal.js';
import type { OutputRouter } from '../output/output-router.js';
import type { ResolvedPoolOptions } from './resolve-options.js';

/** What a run is made of. */
export interface PoolRunParts {
  readonly manager: ProcessManager;
  readonly events: EventDispatcher | undefined;
  readonly entries: PoolEntries;
  readonly options: ResolvedPoolOptions;
  readonly journal: Journal | null;
  readonly output: OutputRouter | null;
  /** Called when the results have been settled. */
  readonly onOver: () => void;
}
