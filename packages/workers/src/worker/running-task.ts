import type { TaskContext } from '../contracts/task-context.js';
import type { LoadedTask } from '../functions/loaded-task.js';
import type { TaskItem } from '../protocol/frames.js';
import { currentDepth } from './current-depth.js';
import type { Outbox } from './outbox.js';
import type { WorkerIpc } from './worker-ipc.js';
import type { WorkerLink } from './worker-link.js';

/** What all tasks of a worker have in common. */
export interface WorkerSurroundings {
  readonly link: WorkerLink;
  readonly outbox: Outbox;
  readonly poolId: string;
  readonly workerId: number;
  readonly ipc: WorkerIpc;
  /** What `setup` returned. */
  readonly setup: unknown;
}

/** A task in its worker. Made for every task, so what most tasks do not ask for is made when it is. */
export class RunningTask implements TaskContext {
  readonly seq: number;
  readonly attempt: number;
  readonly #surroundings: WorkerSurroundings;
  readonly #loaded: LoadedTask;
  readonly #number: number;
  #ipc: TaskContext['ipc'] | undefined;
  #controller: AbortController | undefined;
  #reason: Error | undefined;
  #listeners: ((value: unknown) => void)[] | undefined;
  #unheard: unknown[] | undefined;

  constructor(surroundings: WorkerSurroundings, item: TaskItem, loaded: LoadedTask) {
    this.#surroundings = surroundings;
    this.#loaded = loaded;
    this.seq = item[1];
    this.#number = item[3];
    this.attempt = item[4];
  }

  get taskId(): string {
    return `${this.#surroundings.poolId}:${this.#number}`;
  }

  get workerId(): number {
    return this.#surroundings.workerId;
  }

  get depth(): number {
    return currentDepth();
  }

  get setup(): unknown {
    return this.#surroundings.setup;
  }

  get ipc(): TaskContext['ipc'] {
    return (this.#ipc ??= this.#surroundings.ipc.forTask());
  }

  get with(): Readonly<Record<string, unknown>> {
    return this.#loaded.with;
  }

  get require(): NodeJS.Require {
    return this.#loaded.require;
  }

  get import(): TaskContext['import'] {
    return this.#loaded.import;
  }

  get aborted(): boolean {
    return this.#reason !== undefined || this.#surroundings.link.isAborted(this.seq);
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** May be taken out of the context, since it needs no `this`; so may {@link onMessage}. */
  get emit(): TaskContext['emit'] {
    return (value) => {
      this.#surroundings.outbox.sendMessage(this.seq, value);
    };
  }

  get onMessage(): TaskContext['onMessage'] {
    return (listener) => {
      (this.#listeners ??= []).push(listener);
      const unheard = this.#unheard ?? [];
      this.#unheard = undefined;
      for (const value of unheard) listener(value);
    };
  }

  /** What the pool has sent; kept until somebody listens. */
  receive(value: unknown): void {
    if (this.#listeners === undefined) (this.#unheard ??= []).push(value);
    else for (const listener of this.#listeners) listener(value);
  }

  abort(reason: Error): void {
    this.#reason = reason;
    this.#controller?.abort(reason);
  }
}
