import { InvalidArgumentError, type ProcessSpec } from '@proc/core';
import { types } from 'node:util';
import { matchesSpec, specificity, type CommandPattern } from '../matching/command-pattern.js';
import type { FakeClosure, FakeHandler, FakeHandlers } from './fake-handler.js';
import { FakeProcessResult } from './fake-process-result.js';
import { FakeProcessSequence } from './fake-process-sequence.js';

interface Registration {
  readonly pattern: CommandPattern;
  readonly handler: FakeHandler;
}

/** The fakes that are registered, the most recent last. */
export class FakeRegistry {
  #registrations: readonly Registration[] = [];

  /**
   * Without handlers, or with a closure, everything is faked, and earlier fakes are forgotten; a collection of
   * handlers adds to them.
   */
  register(handlers?: FakeHandlers | FakeClosure): void {
    if (handlers === undefined || typeof handlers === 'function') {
      this.#registrations = [{ pattern: '*', handler: handlers ?? new FakeProcessResult() }];
      return;
    }
    this.#registrations = [...this.#registrations, ...registrationsOf(handlers)];
  }

  /** The handler for a run: that of the most recently registered pattern that means it. */
  find(spec: ProcessSpec): FakeHandler | undefined {
    return this.#registrations.findLast(({ pattern }) => matchesSpec(pattern, spec))?.handler;
  }

  /** The most recent first. */
  get patterns(): readonly CommandPattern[] {
    return this.#registrations.map(({ pattern }) => pattern).reverse();
  }

  /** The sequences, with the patterns that they are registered for. */
  get sequences(): readonly (readonly [CommandPattern, FakeProcessSequence])[] {
    return this.#registrations.flatMap(({ pattern, handler }) =>
      handler instanceof FakeProcessSequence ? [[pattern, handler] as const] : [],
    );
  }

  clear(): void {
    this.#registrations = [];
  }
}

function registrationsOf(handlers: FakeHandlers): Registration[] {
  if (types.isMap(handlers)) return pairs([...handlers]);
  if (Array.isArray(handlers)) return pairs(handlers);
  if (Object(handlers) !== handlers) {
    throw new InvalidArgumentError(
      'Fakes are given as an object, a Map or a list of pairs of pattern and fake, or as one function for all.',
    );
  }
  return Object.entries(handlers)
    .sort(([a], [b]) => compare(specificity(a), specificity(b)))
    .map(([pattern, handler]) => ({ pattern, handler: handler as FakeHandler }));
}

function pairs(entries: readonly unknown[]): Registration[] {
  return entries.map((entry) => {
    if (!Array.isArray(entry) || entry.length !== 2) {
      throw new InvalidArgumentError('A list of fakes consists of pairs: [pattern, fake].');
    }
    const [pattern, handler] = entry as [CommandPattern, FakeHandler];
    return { pattern, handler };
  });
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
