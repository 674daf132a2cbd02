import { TextTail } from '../backends/text-tail.js';

/** Characters of each stream. */
const KEPT = 2 ** 20;

/** The end of what a task has printed. */
export class TaskOutput {
  readonly #stdout = new TextTail(KEPT);
  readonly #stderr = new TextTail(KEPT);

  get stdout(): string {
    return this.#stdout.text;
  }

  get stderr(): string {
    return this.#stderr.text;
  }

  add(stream: 1 | 2, text: string): void {
    (stream === 1 ? this.#stdout : this.#stderr).add(text);
  }
}
