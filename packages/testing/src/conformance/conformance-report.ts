import { inspect } from 'node:util';
import type { ConformanceCase } from './conformance-case.js';

/** How a case ended; a case that was left out has a reason, one that failed an error. */
export type ConformanceOutcome = Pick<ConformanceCase, 'group' | 'name'> &
  (
    | { readonly outcome: 'passed' }
    | { readonly outcome: 'failed'; readonly error: unknown }
    | { readonly outcome: 'skipped'; readonly reason: string }
  );

/** The outcomes of one kind. */
export type OutcomeOf<K extends ConformanceOutcome['outcome']> = Extract<
  ConformanceOutcome,
  { readonly outcome: K }
>;

/** How a driver did: what `console.log` shows of it has a line for each case, and the sums at the end. */
export class ConformanceReport {
  constructor(
    /** Name of the driver. */
    readonly driver: string,
    /** All of them, in the order of the cases. */
    readonly outcomes: readonly ConformanceOutcome[],
  ) {}

  get passed(): readonly OutcomeOf<'passed'>[] {
    return this.outcomes.filter((each) => each.outcome === 'passed');
  }

  /** Each with the error that says what is wrong. */
  get failed(): readonly OutcomeOf<'failed'>[] {
    return this.outcomes.filter((each) => each.outcome === 'failed');
  }

  /** Each with the reason why it was left out. */
  get skipped(): readonly OutcomeOf<'skipped'>[] {
    return this.outcomes.filter((each) => each.outcome === 'skipped');
  }

  /** Whether no case failed. */
  successful(): boolean {
    return this.failed.length === 0;
  }

  /** @throws {AggregateError} of the errors, with the whole report as its message, when a case failed */
  throw(): this {
    if (this.successful()) return this;
    throw new AggregateError(
      this.failed.map(({ error }) => error),
      this.toString(),
    );
  }

  /** A line for each case, and the sums at the end. */
  toString(): string {
    const groups = [...new Set(this.outcomes.map(({ group }) => group))];
    const lines = groups.flatMap((group) => {
      const own = this.outcomes.filter((each) => each.group === group);
      return [`  ${group}`, ...own.map((each) => indent(outcomeText(each), 4))];
    });
    const sums = `${this.passed.length} passed, ${this.failed.length} failed, ${this.skipped.length} left out`;
    return [`the driver "${this.driver}"`, ...lines, sums].join('\n');
  }

  /** As JSON has it: errors are their messages. */
  toJSON(): unknown {
    const { driver, passed, failed, skipped } = this;
    return {
      driver,
      passed,
      failed: failed.map(({ error, ...rest }) => ({ ...rest, error: messageOf(error) })),
      skipped,
    };
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** A case with how it ended, and why it did not pass. */
export function outcomeText(each: ConformanceOutcome): string {
  switch (each.outcome) {
    case 'passed':
      return `ok        ${each.name}`;
    case 'failed':
      return `FAILED    ${each.name}\n${indent(messageOf(each.error), 10)}`;
    case 'skipped':
      return `left out  ${each.name} (${each.reason})`;
  }
}

function messageOf(error: unknown): string {
  // Not by class: a test runner may have an `Error` of its own.
  const { message } = Object(error) as { readonly message?: unknown };
  return typeof message === 'string' ? message.trimEnd() : String(error);
}

function indent(text: string, width: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(width));
}
