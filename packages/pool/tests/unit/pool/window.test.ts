import { describe, expect, test } from '@jest/globals';
import { availableParallelism } from 'node:os';
import { InvalidArgumentError } from '@proc/core';
import { entries, HandMadeEntry } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();
const launched = (all: readonly HandMadeEntry[]): boolean[] => all.map((entry) => entry.launched);

describe('the window of a pool', () => {
  test('starts no more entries than there are places, in their order', async () => {
    const all = entries(4);
    const results = processes.pool(all, { maxProcesses: 2 }).start();
    expect(launched(all)).toEqual([true, true, false, false]);
    all[1]!.run.end();
    await settled();
    expect(launched(all)).toEqual([true, true, true, false]);
    all[0]!.run.end();
    await settled();
    expect(launched(all)).toEqual([true, true, true, true]);
    for (const entry of all) entry.run.end();
    expect((await results).successful()).toBe(true);
  });

  test('refills one place at a time, without waiting for the others', async () => {
    const all = entries(3);
    const results = processes.pool(all, { concurrency: 2 }).start();
    all[0]!.run.end();
    await settled();
    expect(all[1]!.run.running()).toBe(true);
    expect(all[2]!.launched).toBe(true);
    for (const entry of all) entry.run.end();
    await results;
  });

  test('is as wide as the machine by default', async () => {
    const all = entries(availableParallelism() + 1);
    const pool = processManager({ pool: {} }).pool(all);
    const results = pool.start();
    expect(pool.concurrency).toBe(availableParallelism());
    expect(pool.running()).toHaveLength(availableParallelism());
    await pool.stop();
    await results;
  });

  test('is as wide as the configuration says', () => {
    const configured = processManager({ pool: { concurrency: 7 } });
    expect(configured.pool([]).concurrency).toBe(7);
    expect(configured.pool([], { concurrency: 'cpus' }).concurrency).toBe(availableParallelism());
  });

  test('can be without limit', async () => {
    const all = entries(300);
    const results = processes.pool(all, { concurrency: Infinity }).start();
    expect(all.every((entry) => entry.launched)).toBe(true);
    for (const entry of all) entry.run.end();
    await results;
  });

  test('takes a new width while the pool runs', async () => {
    const all = entries(5);
    const pool = processes.pool(all, { concurrency: 1 });
    const results = pool.start();
    pool.concurrency = 3;
    expect(pool.running()).toHaveLength(3);
    pool.concurrency = 1;
    expect(pool.running()).toHaveLength(3);
    all[0]!.run.end();
    all[1]!.run.end();
    await settled();
    expect(launched(all)).toEqual([true, true, true, false, false]);
    all[2]!.run.end();
    await settled();
    expect(launched(all)).toEqual([true, true, true, true, false]);
    await pool.stop();
    await results;
  });

  test('keeps a changed width at the next start', async () => {
    const pool = processes.pool(() => undefined, { concurrency: 1 });
    pool.concurrency = 4;
    await pool.start();
    expect(pool.concurrency).toBe(4);
  });

  test.each([0, -1, 1.5, Number.NaN, '3', null, 'cpu'])('refuses a width of %p', (width) => {
    expect(() => processes.pool([], { concurrency: width as number })).toThrow(
      InvalidArgumentError,
    );
    expect(() => processes.pool([], { maxProcesses: width as number })).toThrow(
      /maxProcesses must be/,
    );
    const pool = processes.pool([]);
    expect(() => {
      pool.concurrency = width as number;
    }).toThrow(InvalidArgumentError);
  });
});

describe('pausing a pool', () => {
  test('starts nothing more until it is resumed', async () => {
    const all = entries(3);
    const pool = processes.pool(all, { concurrency: 1 });
    const results = pool.start();
    pool.pause();
    all[0]!.run.end();
    await settled();
    expect(pool.paused).toBe(true);
    expect(pool.running()).toHaveLength(0);
    expect(all[1]!.launched).toBe(false);
    pool.resume();
    expect(all[1]!.launched).toBe(true);
    all[1]!.run.end();
    await settled();
    all[2]!.run.end();
    expect((await results).successCount).toBe(3);
  });

  test('can be done before the start', async () => {
    const all = entries(1);
    const pool = processes.pool(all).pause();
    const results = pool.start();
    expect(all[0]!.launched).toBe(false);
    pool.resume();
    all[0]!.run.end();
    expect((await results).total).toBe(1);
  });

  test('does not keep a stop from ending it', async () => {
    const all = entries(2);
    const pool = processes.pool(all).pause();
    const results = pool.start();
    await pool.stop();
    expect((await results).skipped).toEqual([0, 1]);
  });
});
