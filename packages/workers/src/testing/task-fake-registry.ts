import type { TaskContext } from '../contracts/task-context.js';
import { FakeTaskSequence } from './fake-task-sequence.js';
import type { TaskCall } from './task-call.js';
import type { TaskFake, TaskFakeClosure, TaskFakes } from './task-fake.js';
import { matchesCall, nameSpecificity, type TaskPattern } from './task-pattern.js';

type Entry = readonly [TaskPattern, TaskFake];

/** Which fake is for which call: the last one registered that matches. */
export class TaskFakeRegistry {
  #entries: Entry[] = [];
  #forAll: TaskFakeClosure | undefined;

  register(fakes: TaskFakes | TaskFakeClosure | undefined): void {
    if (fakes === undefined || typeof fakes === 'function') {
      this.#entries = [];
      this.#forAll = fakes ?? (() => undefined);
      return;
    }
    this.#entries.push(...entriesOf(fakes));
  }

  find(call: TaskCall): { readonly fake: TaskFake } | undefined {
    const entry = this.#entries.findLast(([pattern]) => matchesCall(pattern, call));
    if (entry !== undefined) return { fake: entry[1] };
    const forAll = this.#forAll;
    if (forAll === undefined) return undefined;
    const fake = (...args: readonly unknown[]): unknown =>
      forAll(call.name, args.slice(0, -1), args.at(-1) as TaskContext);
    return { fake };
  }

  get patterns(): readonly TaskPattern[] {
    return this.#entries.map(([pattern]) => pattern).reverse();
  }

  get sequences(): readonly (readonly [TaskPattern, FakeTaskSequence])[] {
    return this.#entries.flatMap(([pattern, fake]) =>
      fake instanceof FakeTaskSequence ? [[pattern, fake] as const] : [],
    );
  }
}

/** Of an object the most specific name counts, so it comes last. */
function entriesOf(fakes: TaskFakes): readonly Entry[] {
  if (Array.isArray(fakes)) return fakes as readonly Entry[];
  if (fakes instanceof Map) return [...(fakes as ReadonlyMap<TaskPattern, TaskFake>)];
  return Object.entries(fakes).sort(
    ([one], [other]) => nameSpecificity(one) - nameSpecificity(other) || 0,
  );
}
