import type { TaskContext } from '../../contracts/task-context.js';
import type { ItemContext } from '../item-function.js';

/** What the pool gives a task in the worker, as far as it has it. */
export type ChunkContext = Partial<TaskContext>;

/** An event of an item, on its way to the parent. */
export interface ItemEvent {
  readonly item: number;
  readonly event: unknown;
}

/**
 * The context of one item: that of the pool's task, with its index, and with events that tell which item they are of.
 * It asks the task when it is asked itself: most functions ask for nothing, and what they ask for may have to be made.
 */
export class ItemOfTask implements TaskContext, ItemContext {
  readonly index: number;
  readonly #task: TaskContext;

  constructor(task: ChunkContext, index: number) {
    this.#task = task as TaskContext;
    this.index = index;
  }

  get taskId(): string {
    return this.#task.taskId;
  }

  get workerId(): number {
    return this.#task.workerId;
  }

  get attempt(): number {
    return this.#task.attempt;
  }

  get depth(): number {
    return this.#task.depth;
  }

  get signal(): AbortSignal {
    return this.#task.signal;
  }

  get aborted(): boolean {
    return this.#task.aborted;
  }

  get ipc(): TaskContext['ipc'] {
    return this.#task.ipc;
  }

  get with(): TaskContext['with'] {
    return this.#task.with;
  }

  get setup(): unknown {
    return this.#task.setup;
  }

  get require(): NodeJS.Require {
    return this.#task.require;
  }

  get import(): TaskContext['import'] {
    return this.#task.import;
  }

  /** May be taken out of the context, since it needs no `this`; so may {@link onMessage}. */
  get emit(): ItemContext['emit'] {
    const { index } = this;
    const task = this.#task;
    return (event) => {
      task.emit({ item: index, event } satisfies ItemEvent);
    };
  }

  get onMessage(): TaskContext['onMessage'] {
    return this.#task.onMessage;
  }
}
