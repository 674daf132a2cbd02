import { InvalidArgumentError } from '@proc/core';
import { ownOnly, showValue } from '@proc/core/internal';
import type { TaskHandle } from '../contracts/task-handle.js';
import { StandIns, type WorkerFakes } from './stand-ins.js';
import type { WorkerManager } from './worker-manager.js';

/** Of a member that the types do not have. Others may have loaded this package a second time. */
const PLACE = Symbol.for('@proc/workers/PlaceOfFakes');

/** Where fakes take the place of a manager's workers. */
export class PlaceOfFakes {
  readonly #onTask: (task: TaskHandle) => void;
  #standIns: StandIns | undefined;

  /** @param onTask - hears of every task that they are given */
  constructor(manager: WorkerManager, onTask: (task: TaskHandle) => void) {
    this.#onTask = onTask;
    Object.defineProperty(manager, PLACE, ownOnly({ value: this }));
  }

  /** While there are fakes. */
  get standIns(): StandIns | undefined {
    return this.#standIns;
  }

  use(fakes: WorkerFakes): () => Promise<void> {
    const standIns = new StandIns(fakes, this.#onTask);
    this.#standIns = standIns;
    return async () => {
      if (this.#standIns === standIns) this.#standIns = undefined;
      await standIns.close();
    };
  }
}

/**
 * Has all pools of a manager, also those that there are, do what they are given from now on with workers of another
 * make.
 *
 * @returns goes back to real workers
 * @throws {@link InvalidArgumentError} for what is no manager of workers
 */
export function useFakes(manager: WorkerManager, fakes: WorkerFakes): () => Promise<void> {
  const place = placeIn(manager);
  if (place === undefined) {
    throw new InvalidArgumentError(`Expected a manager of workers; got ${showValue(manager)}.`);
  }
  return place.use(fakes);
}

/** What stands in for the workers of a manager, while there are fakes. */
export function fakesOf(manager: WorkerManager): WorkerFakes | undefined {
  return placeIn(manager)?.standIns?.fakes;
}

function placeIn(manager: WorkerManager): PlaceOfFakes | undefined {
  return (manager as { readonly [PLACE]?: PlaceOfFakes } | undefined)?.[PLACE];
}
