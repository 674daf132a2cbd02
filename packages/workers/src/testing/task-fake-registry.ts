import { types } from 'node:util';
import { InvalidArgumentError } from '@proc/core';
import { showValue } from '@proc/core/internal';
import type { TaskContext } from '../contracts/task-context.js';
import { FakeTaskSequence } from './fake-task-sequence.js';
import type { TaskCall } from './task-call.js';
import type { TaskFake, TaskFakeClosure, TaskFakes } from './task-fake.js';
import { matchesCall, nameSpecificity, requirePattern, type TaskPattern } from './task-pattern.js';

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
  if (Array.isArray(fakes)) return pairs(fakes);
  if (types.isMap(fakes)) return pairs([...fakes]);
  if (Object(fakes) !== fakes) {
    throw new InvalidArgumentError(
      `Fakes are given as an object, a Map or a list of pairs of pattern and fake, or as one function for all; got ${showValue(fakes)}.`,
    );
  }
  return Object.entries(fakes).sort(
    ([one], [other]) => nameSpecificity(one) - nameSpecificity(other) || 0,
  );
}

function pairs(entries: readonly unknown[]): readonly Entry[] {
  for (const entry of entries) {
    if (!Array.isArray(entry) || entry.length !== 2) {
      throw new InvalidArgumentError('A list of fakes consists of pairs: [pattern, fake].');
    }
    requirePattern(entry[0]);
  }
  return entries as readonly Entry[];
}
