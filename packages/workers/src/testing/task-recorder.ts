import type { TaskHandle } from '../contracts/task-handle.js';
import type { RecordedTask, RecordedTaskStatus } from './recorded-task.js';
import type { TaskCall } from './task-call.js';

interface Outcome {
  readonly status: RecordedTaskStatus;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** One call, from its begin to its end. */
export interface RecordingOfTask {
  end(outcome: Outcome): void;
}

interface Entry {
  readonly call: TaskCall;
  readonly stray: boolean;
  outcome: Outcome | undefined;
}

/** Remembers which functions were called, in order, and what came of it. */
export class TaskRecorder {
  #entries: Entry[] = [];
  #running = 0;
  #peak = 0;

  /** @param handle - of the task, which may end before its function does */
  begin(call: TaskCall, stray: boolean, handle: TaskHandle | undefined): RecordingOfTask {
    const entry: Entry = { call: { ...call, args: copied(call.args) }, stray, outcome: undefined };
    this.#entries.push(entry);
    this.#running += 1;
    this.#peak = Math.max(this.#peak, this.#running);
    const end = (outcome: Outcome): void => {
      if (entry.outcome !== undefined) return;
      entry.outcome = outcome;
      this.#running -= 1;
    };
    handle?.result.catch((error: unknown) => {
      end({ status: endOf(handle), error });
    });
    return { end };
  }

  /** In the order of their begin. */
  get tasks(): readonly RecordedTask[] {
    return this.#entries.map(({ call, stray, outcome }) =>
      Object.freeze({
        result: undefined,
        error: undefined,
        status: 'running' as const,
        ...outcome,
        ...call,
        stray,
      }),
    );
  }

  /** The largest number that ran at the same time. */
  get peakConcurrency(): number {
    return this.#peak;
  }
}

function endOf({ status }: TaskHandle): RecordedTaskStatus {
  return status === 'timedOut' || status === 'cancelled' ? status : 'failed';
}

/** What the function does with them must not change what is remembered. */
function copied(args: readonly unknown[]): readonly unknown[] {
  try {
    return structuredClone(args);
  } catch {
    // A port, say, that was handed over and can not be copied.
    return args;
  }
}
