import { taskLoadError } from '../../errors/late-errors.js';
import { loadSourceTask } from '../load-task.js';
import { forChunks } from '../for-chunks.js';
import type { LoadedTask, WrapTask } from '../loaded-task.js';
import type { WithData } from '../task-reference.js';
import { loadInTime } from './load-in-time.js';
import type { ShippedReference, TaskPart } from './reference-shipper.js';

/** The worker's side of a {@link ReferenceShipper}: has the functions that were sent, ready to be called. */
export class TaskLoader {
  readonly #timeoutMs: number;
  readonly #wrap: WrapTask | undefined;
  readonly #parts = new Map<number, TaskPart>();
  /** By number of the task, then by number of its values. */
  readonly #tasks = new Map<number, Map<number, Promise<LoadedTask>>>();

  /**
   * @param timeoutMs - how long a module may take to be loaded
   * @param wrap - gets each function once, before anything is made of it
   */
  constructor(timeoutMs: number, wrap?: WrapTask) {
    this.#timeoutMs = timeoutMs;
    this.#wrap = wrap;
  }

  /** Call it when a frame arrives, in the order of frames. */
  load({
    task,
    with: given = 0,
    chunk,
    parts = [],
    forget = [],
  }: ShippedReference): Promise<LoadedTask> {
    for (const number of forget) this.#forget(number);
    for (const [number, part] of parts) this.#parts.set(number, part);
    const loading = this.#loading(task, given);
    return chunk === true ? loading.then(forChunks) : loading;
  }

  #loading(task: number, given: number): Promise<LoadedTask> {
    let variants = this.#tasks.get(task);
    if (variants === undefined) {
      variants = new Map();
      this.#tasks.set(task, variants);
    }
    let loading = variants.get(given);
    if (loading === undefined) {
      loading = this.#make(task, given);
      variants.set(given, loading);
      // A module that is not ready yet may be later.
      loading.catch(() => variants.delete(given));
    }
    return loading;
  }

  async #make(task: number, given: number): Promise<LoadedTask> {
    const part = this.#parts.get(task);
    const values = this.#parts.get(given);
    if (part === undefined || !('kind' in part) || (given !== 0 && values === undefined)) {
      throw taskLoadError('A worker was not told what to run.', undefined, '');
    }
    const loaded =
      part.kind === 'module'
        ? await loadInTime(part, this.#timeoutMs)
        : loadSourceTask(part, values as WithData | undefined);
    return this.#wrap?.(loaded) ?? loaded;
  }

  #forget(number: number): void {
    this.#parts.delete(number);
    this.#tasks.delete(number);
    for (const variants of this.#tasks.values()) variants.delete(number);
  }
}
