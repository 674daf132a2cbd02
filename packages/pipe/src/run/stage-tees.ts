import type { Readable } from 'node:stream';
import { OutputCallbackError, type LaunchStreams, type ProcessSpec } from '@proc/core';
import { unlessAborted } from '@proc/core/internal';
import { messageOf } from '../errors/message-of.js';
import type { PlannedStage } from '../stages/stage-entry.js';
import { openTees } from '../streams/open-tees.js';
import { TeeSet } from '../streams/tee-set.js';
import type { RunControl } from './run-control.js';

/** The copies of what the stages hand to one another, for one run. */
export class StageTees {
  readonly #control: RunControl;
  readonly #spec: ProcessSpec;
  readonly #sets = new Map<number, TeeSet>();

  /** @param spec - the pipeline, for messages */
  constructor(control: RunControl, spec: ProcessSpec) {
    this.#control = control;
    this.#spec = spec;
  }

  /**
   * Opens all of them; to be closed by {@link close} even if that fails.
   *
   * @throws {@link InvalidArgumentError} when a file can not be opened, or a stream has ended already
   */
  open(stages: readonly PlannedStage[]): void {
    for (const [index, { key, tees = [] }] of stages.entries()) {
      // What the last one hands on is the output of the pipeline.
      if (tees.length === 0 || index === stages.length - 1) continue;
      const what = `the output of stage ${String(key)}`;
      const onError = (cause: unknown): void => {
        const message = `A stream that gets a copy of ${what} failed: ${messageOf(cause)}`;
        const error = new OutputCallbackError(message, this.#spec, { cause });
        this.#control.interrupt('callbackFailed', error, index);
      };
      this.#sets.set(index, new TeeSet(openTees(tees, what), onError));
    }
  }

  /** See {@link OpenTee.empty}. */
  empty(): void {
    for (const set of this.#sets.values()) set.empty();
  }

  /** For a stage that runs together with the next one: in place of where its output goes. */
  between(
    index: number,
    next: NonNullable<LaunchStreams['stdout']>,
  ): NonNullable<LaunchStreams['stdout']> {
    const set = this.#sets.get(index);
    return set === undefined || !('on' in next) ? next : set.copier(next);
  }

  /** For a stage that has ended: copies all that it printed. Ends when the run is interrupted. */
  async copy(index: number, open: () => Readable): Promise<void> {
    const set = this.#sets.get(index);
    const interrupted = (): boolean => this.#control.interruption !== undefined;
    if (set === undefined || interrupted()) return;
    for await (const chunk of open() as AsyncIterable<Buffer>) {
      await unlessAborted(set.write(chunk), [this.#control.over]);
      if (interrupted()) break;
    }
  }

  /** Resolves when everything is written and what was opened here is closed. Never rejects. */
  async close(): Promise<void> {
    await Promise.all([...this.#sets.values()].map((set) => set.close(this.#control.over)));
  }
}
