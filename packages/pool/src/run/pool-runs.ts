import type { PoolDefinition } from '../contracts/pool-definition.js';
import type { PoolEnvironment, StoppablePool } from '../contracts/pool-environment.js';
import type { AnyOutputCallback } from '../contracts/pool-output-callback.js';
import { isOneShot, readDefinition } from '../entries/read-definition.js';
import { PoolStateError } from '../errors/pool-state-error.js';
import { Journal } from '../journal/journal.js';
import { routeOutput } from '../output/route-output.js';
import { PoolRun } from './pool-run.js';
import type { ResolvedPoolOptions } from './resolve-options.js';

/** What the runs of a pool are made of. */
export interface PoolRunsParts {
  readonly environment: PoolEnvironment;
  readonly definition: PoolDefinition;
  readonly options: ResolvedPoolOptions;
  /** Whose runs they are. */
  readonly owner: StoppablePool;
}

/** How a run begins, beside the options of its pool. */
export interface PoolRunStart {
  readonly onOutput: AnyOutputCallback | null | undefined;
  readonly concurrency: number;
  readonly paused: boolean;
}

/** The runs of a pool: one at a time, each over the same definition. */
export class PoolRuns {
  readonly #parts: PoolRunsParts;
  #current: PoolRun | undefined;

  constructor(parts: PoolRunsParts) {
    this.#parts = parts;
  }

  /** The one that is under way, or else the last one. */
  get current(): PoolRun | undefined {
    return this.#current;
  }

  /** @throws {@link PoolStateError} before the first */
  requireCurrent(): PoolRun {
    if (this.#current !== undefined) return this.#current;
    throw new PoolStateError('Entries can be added while the pool runs: start it first.');
  }

  /** @throws what {@link Pool.start} throws before anything is started */
  begin({ onOutput, concurrency, paused }: PoolRunStart): PoolRun {
    this.#requireRest();
    const { environment, definition, options, owner } = this.#parts;
    const { manager, events, active } = environment;
    const entries = readDefinition(manager, definition);
    const output = routeOutput(onOutput, options.order);
    const { journal } = options;
    const run = new PoolRun({
      manager,
      events,
      output,
      journal: journal === null ? null : new Journal(journal),
      options: { ...options, places: concurrency, clock: manager.clock },
      entries,
      onOver: () => active?.delete(owner),
    });
    this.#current = run;
    active?.add(owner);
    run.begin(paused);
    return run;
  }

  #requireRest(): void {
    if (this.#current === undefined) return;
    if (!this.#current.over) {
      throw new PoolStateError('The pool runs already; it can be started again when it has ended.');
    }
    if (isOneShot(this.#parts.definition)) {
      throw new PoolStateError(
        'The pool runs over a generator, which can be read once. Give it an iterable that can be read again.',
      );
    }
  }
}
