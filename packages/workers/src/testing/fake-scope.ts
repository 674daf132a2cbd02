import { requireList } from '@proc/core/internal';
import type { TaskHandle } from '../contracts/task-handle.js';
import type { TaskContext } from '../contracts/task-context.js';
import { isThenable } from '../worker/is-thenable.js';
import type { LoadedTask, WrapTask } from '../functions/loaded-task.js';
import type { FunctionReference } from '../functions/task-reference.js';
import { Task } from '../pool/task.js';
import { StrayTaskError } from './errors/stray-task-error.js';
import type { FakeCrash } from './fake-task-description.js';
import { playFake } from './play-fake.js';
import type { TaskCall } from './task-call.js';
import { TaskFakeRegistry } from './task-fake-registry.js';
import { matchesCall, requirePattern, type TaskPattern } from './task-pattern.js';
import { type RecordingOfTask, TaskRecorder } from './task-recorder.js';

/** Where calls are made. */
export interface FakePlace {
  readonly kind: TaskCall['kind'];
  /** Of a process that runs one function. */
  readonly reference?: FunctionReference | undefined;
  crash(crash: FakeCrash): void;
}

type ItemContext = TaskContext & { readonly index?: number };

/** What is faked, prevented and remembered, from the first fake until all are taken back. */
export class FakeScope {
  readonly registry = new TaskFakeRegistry();
  readonly recorder = new TaskRecorder();
  readonly #taskOf: (id: string) => TaskHandle | undefined;
  #prevents = false;
  #allowed: readonly TaskPattern[] = [];
  #refused: readonly StrayTaskError[] = [];

  /** @param taskOf - finds the task of a pool by its id */
  constructor(taskOf: (id: string) => TaskHandle | undefined) {
    this.#taskOf = taskOf;
  }

  prevent(): void {
    this.#prevents = true;
  }

  allow(patterns: readonly TaskPattern[] | undefined): void {
    if (patterns === undefined) {
      this.#prevents = false;
      this.#allowed = [];
      return;
    }
    const all = requireList(patterns, 'Tasks that may run are given as');
    all.forEach(requirePattern);
    this.#allowed = [...this.#allowed, ...all];
  }

  get refused(): readonly StrayTaskError[] {
    return this.#refused;
  }

  acknowledge(): readonly StrayTaskError[] {
    const refused = this.#refused;
    this.#refused = [];
    return refused;
  }

  /** Stands between tasks and their functions. */
  wrap(place: FakePlace): WrapTask {
    return (loaded) => ({
      ...loaded,
      fn: (...args: unknown[]) => this.#call(loaded, place, args),
    });
  }

  #call(loaded: LoadedTask, place: FakePlace, all: readonly unknown[]): unknown {
    const args = all.slice(0, -1);
    const context = all.at(-1) as ItemContext;
    const handle = this.#taskOf(context.taskId);
    const call: TaskCall = {
      name: handle?.name ?? loaded.name,
      args,
      kind: place.kind,
      taskId: handle?.id,
      attempt: context.attempt,
      index: context.index,
      reference: place.reference ?? referenceOf(handle),
    };
    const found = this.registry.find(call);
    const recording = this.recorder.begin(call, found === undefined, handle);
    const run = (): unknown => loaded.fn(...all);
    return recorded(recording, () => {
      if (found === undefined) {
        this.#requireAllowed(call);
        return run();
      }
      return playFake(found.fake, {
        context,
        args,
        run,
        crash: (crash) => {
          recording.end({ status: 'crashed' });
          place.crash(crash);
        },
        elapse: () => elapsed(handle),
      });
    });
  }

  #requireAllowed(call: TaskCall): void {
    if (!this.#prevents || this.#allowed.some((pattern) => matchesCall(pattern, call))) return;
    const error = new StrayTaskError(call, this.registry.patterns);
    this.#refused = [...this.#refused, error];
    throw error;
  }
}

/** Stays synchronous where the function is. */
function recorded(recording: RecordingOfTask, run: () => unknown): unknown {
  const fail = (error: unknown): never => {
    recording.end({ status: 'failed', error });
    throw error;
  };
  const done = (result: unknown): unknown => {
    recording.end({ status: 'done', result });
    return result;
  };
  let value: unknown;
  try {
    value = run();
  } catch (error) {
    return fail(error);
  }
  return isThenable(value) ? value.then(done, fail) : done(value);
}

function referenceOf(handle: TaskHandle | undefined): FunctionReference | undefined {
  if (!(handle instanceof Task)) return undefined;
  const { reference } = handle;
  return reference.kind === 'chunk' ? reference.of : reference;
}

function elapsed(handle: TaskHandle | undefined): boolean | undefined {
  if (!(handle instanceof Task) || handle.options.timeoutMs === undefined) return undefined;
  return handle.isSettled || handle.elapse();
}
