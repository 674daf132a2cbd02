import type { ModuleReference, SourceText, TaskReference, WithData } from '../task-reference.js';
import { Recent } from './recent.js';

/** What a worker is told once: the text or module of a task, or the values that it was given. */
export type TaskPart = ModuleReference | SourceText | WithData;

/** A task in a frame: numbers of parts, and those parts that this worker has not had. */
export interface ShippedReference {
  readonly task: number;
  readonly with?: number;
  /** Whether it is called for each item of a chunk. */
  readonly chunk?: true;
  readonly parts?: readonly (readonly [number: number, part: TaskPart])[];
  /** Parts that the worker may forget. */
  readonly forget?: readonly number[];
}

const MOST_PARTS = 1000;

/**
 * Keeps account of what one worker knows, so that texts and values cross once for each worker. Make one for each
 * worker that is started, and send what it gives in that order.
 */
export class ReferenceShipper {
  readonly #known: Recent<TaskPart, number>;
  #next = 1;
  #toForget: number[] = [];

  constructor(limit = MOST_PARTS) {
    this.#known = new Recent(limit);
  }

  ship(whole: TaskReference): ShippedReference {
    const reference = whole.kind === 'chunk' ? whole.of : whole;
    const parts: [number, TaskPart][] = [];
    const task = this.#number(reference.kind === 'module' ? reference : reference.source, parts);
    const given = reference.kind === 'source' ? reference.with : undefined;
    const values = given && this.#number(given, parts);
    const forget = this.#toForget;
    this.#toForget = [];
    return {
      task,
      ...(values !== undefined && { with: values }),
      ...(whole.kind === 'chunk' && { chunk: true }),
      ...(parts.length > 0 && { parts }),
      ...(forget.length > 0 && { forget }),
    };
  }

  /** Takes back what could not be sent after all. */
  undo({ parts = [], forget = [] }: ShippedReference): void {
    for (const [, part] of parts) this.#known.delete(part);
    this.#toForget.push(...forget);
  }

  #number(part: TaskPart, unknown: [number, TaskPart][]): number {
    const known = this.#known.get(part);
    if (known !== undefined) return known;
    const number = this.#next;
    this.#next += 1;
    const left = this.#known.set(part, number);
    if (left !== undefined) this.#toForget.push(left);
    unknown.push([number, part]);
    return number;
  }
}
