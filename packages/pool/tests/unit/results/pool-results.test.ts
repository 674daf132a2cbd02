import { describe, expect, test } from '@jest/globals';
import {
  EntrySkippedError,
  type PoolKey,
  PoolFailedError,
  PoolResults,
  type PoolOutcome,
} from '@proc/pool';
import { HandMadeCancellation } from '../../support/hand-made-entry.js';
import { HandMadeResult, type ResultParts } from '../../support/hand-made-result.js';
import { completedEntry } from '../../../src/results/completed-entry.js';

function resultsOf(
  parts: Readonly<Record<string, ResultParts>>,
  {
    skipped = [],
    ...outcome
  }: Partial<Omit<PoolOutcome, 'skipped'>> & { skipped?: PoolKey[] } = {},
): PoolResults {
  return new PoolResults({
    completed: Object.entries(parts).map(([key, part]) =>
      completedEntry(key, new HandMadeResult(part)),
    ),
    complete: skipped.length === 0,
    reason: null,
    cause: undefined,
    durationMs: 12,
    ...outcome,
    skipped: skipped.map((key) => ({ key, why: () => new EntrySkippedError(key, 'stopped') })),
  });
}

function failureOf(results: PoolResults): PoolFailedError {
  try {
    results.throwIfAnyFailed();
  } catch (error) {
    if (PoolFailedError.is(error)) return error;
  }
  throw new Error('it did not throw a PoolFailedError');
}

describe('the results of a pool', () => {
  const results = resultsOf({ a: { stdout: 'A' }, b: { exitCode: 2 }, c: { stdout: 'C' } });

  test('are destructured in the order of the entries', () => {
    const [a, b, c] = results;
    expect([a?.stdout, b?.exitCode, c?.stdout]).toEqual(['A', 2, 'C']);
    expect(results.collect()).toEqual([a, b, c]);
  });

  test('are read by key, and iterated over with their keys', () => {
    expect(results.get('b')?.exitCode).toBe(2);
    expect(results.get('nobody')).toBeUndefined();
    expect([...results.entries()].map(([key]) => key)).toEqual(['a', 'b', 'c']);
  });

  test('are counted', () => {
    expect(results.total).toBe(3);
    expect(results.successCount).toBe(2);
    expect(results.failureCount).toBe(1);
    expect(results.successes.map(({ stdout }) => stdout)).toEqual(['A', 'C']);
    expect(results.failures.map(({ exitCode }) => exitCode)).toEqual([2]);
  });

  test('failed as soon as one did', () => {
    expect(results.failed()).toBe(true);
    expect(results.successful()).toBe(false);
    expect(resultsOf({ a: {} }).successful()).toBe(true);
  });

  test('return themselves when none failed', () => {
    const good = resultsOf({ a: {} });
    expect(good.throwIfAnyFailed()).toBe(good);
  });

  test('hold skipped entries as keys: no value, but a failure', () => {
    const skipping = resultsOf({ a: {} }, { skipped: ['b', 2], reason: 'stopped' });
    expect([...skipping]).toHaveLength(1);
    expect(skipping.total).toBe(3);
    expect(skipping.failureCount).toBe(0);
    expect(skipping.failed()).toBe(true);
    expect(() => skipping.throwIfAnyFailed()).toThrow(/was stopped.*\nSkipped: "b", 2$/s);
  });

  test('become plain data', () => {
    expect(JSON.parse(JSON.stringify(results))).toMatchObject({
      total: 3,
      successCount: 2,
      failureCount: 1,
      skipped: [],
      reason: null,
      durationMs: 12,
      entries: [{ key: 'a', result: { stdout: 'A', exitCode: 0 } }, { key: 'b' }, { key: 'c' }],
    });
  });
});

describe('the error of a failed pool', () => {
  test('carries all results, also the good ones', () => {
    const results = resultsOf({ good: {}, bad: { exitCode: 1 } });
    const error = failureOf(results);
    expect(error.code).toBe('ERR_PROC_POOL_FAILED');
    expect(error.results).toBe(results);
    expect(error.results.get('good')?.successful()).toBe(true);
  });

  test('names what failed, with command, exit code and the end of stderr', () => {
    const stderr = Array.from({ length: 9 }, (_, line) => `line ${line}\n`).join('');
    const { message } = failureOf(
      resultsOf({ fine: {}, build: { command: 'make all', exitCode: 2, stderr } }),
    );
    expect(message).toBe(
      [
        '1 of 2 pool entries failed.',
        '- "build": make all: exit code 2 (General error)',
        '    …',
        '    line 4',
        '    line 5',
        '    line 6',
        '    line 7',
        '    line 8',
      ].join('\n'),
    );
  });

  test('says by which signal, or with which error, an entry ended', () => {
    const error = new HandMadeCancellation('was cancelled\nwith details');
    const { message } = failureOf(
      resultsOf({ a: { exitCode: null, signal: 'SIGKILL' }, b: { exitCode: null, error } }),
    );
    expect(message).toContain('- "a": made by hand: ended by SIGKILL');
    expect(message).toContain('- "b": made by hand: ERR_HAND_MADE_CANCELLATION: was cancelled');
    expect(message).not.toContain('with details');
  });

  test('stays short, however much failed and was printed', () => {
    const noise = { exitCode: 1, command: 'x'.repeat(5000), stderr: 'y'.repeat(100_000) };
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`e${at}`, noise]));
    const skipped = Array.from({ length: 500 }, (_, at) => at);
    const { message } = failureOf(resultsOf(many, { skipped, reason: 'halted' }));
    expect(message.length).toBeLessThan(10_000);
    expect(message).toContain('500 of 1000 pool entries failed. The pool was halted.');
    expect(message).toContain('… and 490 more');
    expect(message).toContain('… and 480 more');
  });

  test('has the reason of the pool as its cause', () => {
    const cause = new Error('shutting down');
    expect(failureOf(resultsOf({}, { complete: false, reason: 'cancelled', cause })).cause).toBe(
      cause,
    );
  });
});
