/* eslint-disable no-control-regex -- what a terminal is sent */
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { PoolProgressSnapshot } from '@proc/core';
import { progressBar, type ProgressBarOptions } from '@proc/pool/progress';
import { ending, entries } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';

const CLEAR_LINE = '\r\u001B[2K';
const processes = processManager();

class FakeStream extends Writable {
  text = '';

  constructor(
    readonly isTTY: boolean,
    readonly columns = 100,
  ) {
    super({ decodeStrings: false });
  }

  override _write(chunk: string, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk;
    done();
  }

  /** What was drawn, one after the other. */
  get drawn(): string[] {
    return this.text.split(/\u001B\[[0-9;]*[A-Za-z]/).filter((part) => part !== '');
  }
}

function numbers(over: Partial<PoolProgressSnapshot> = {}): PoolProgressSnapshot {
  const counts = { total: 4, queued: 0, running: 1, succeeded: 0, failed: 0, skipped: 0 };
  return { ...counts, throttled: false, gate: null, etaMs: null, ...over };
}

function bar(stream: FakeStream, options: ProgressBarOptions = {}) {
  return progressBar({ stream, env: {}, ...options });
}

describe('a progress bar in a terminal', () => {
  test('shows what is done, what failed, what runs, the time left and the key', () => {
    const stream = new FakeStream(true);
    const onProgress = bar(stream, { label: 'build' });
    void onProgress(numbers({ succeeded: 1, failed: 1, etaMs: 8_200 }), 'docs');
    onProgress.completed(numbers({ running: 0, succeeded: 3, failed: 1, etaMs: 0 }));
    expect(stream.drawn.at(0)).toBe(
      'build: [==========----------] 2/4 done, 1 failed, 1 running, 9 seconds left, docs',
    );
    expect(stream.text).toMatch(/build: \[={20}\] 4\/4 done, 1 failed\S*\n$/);
  });

  test('shows what is done alone while the total is unknown', () => {
    const stream = new FakeStream(true);
    const onProgress = bar(stream);
    void onProgress(numbers({ total: null, succeeded: 7 }), 'a');
    onProgress.completed(numbers({ total: null, running: 0, succeeded: 7 }));
    expect(stream.drawn.at(0)).toBe('7 done, 0 failed, 1 running, a');
  });

  test('never changes the cursor or the wrapping of lines', () => {
    const stream = new FakeStream(true);
    const onProgress = bar(stream);
    void onProgress(numbers(), 'a');
    onProgress.completed(numbers({ running: 0, succeeded: 4 }));
    expect(stream.text).not.toMatch(/\?25l|\?7l|\u001B7|\u001B8/);
    expect(stream.text.endsWith('\n')).toBe(true);
  });

  test('stays within the line', () => {
    const stream = new FakeStream(true, 30);
    const onProgress = bar(stream);
    void onProgress(numbers(), 'a key\nthat is \u001B[31mlong and of two lines');
    onProgress.completed(numbers());
    expect(stream.drawn.at(0)).toBe('0/4 done, 0 failed, 1 running');
  });

  test('prints lines above itself', () => {
    const stream = new FakeStream(true);
    const onProgress = bar(stream);
    void onProgress(numbers(), 'a');
    onProgress.print('said meanwhile');
    onProgress.completed(numbers());
    const [before, after] = stream.text.split(`${CLEAR_LINE}said meanwhile\n`);
    expect(before).toContain('0/4 done');
    expect(after).toContain('0/4 done');
  });
});

describe('a progress bar without a terminal', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test.each([
    ['no terminal', false, {}],
    ['CI', true, { CI: 'true' }],
    ['a dumb terminal', true, { TERM: 'dumb' }],
  ])('writes plain lines: %s', (_why, isTTY, env) => {
    const stream = new FakeStream(isTTY);
    const onProgress = bar(stream, { env });
    void onProgress(numbers(), 'a');
    onProgress.completed(numbers({ running: 0, succeeded: 4 }));
    expect(stream.text).toBe('0/4 done, 0 failed, 1 running, a\n4/4 done, 0 failed\n');
  });

  test('says what was skipped', () => {
    const stream = new FakeStream(false);
    bar(stream).completed(numbers({ running: 0, succeeded: 1, failed: 1, skipped: 2 }));
    expect(stream.text).toBe('2/4 done, 1 failed, 2 skipped\n');
  });

  test('draws nevertheless when CI is off', () => {
    const stream = new FakeStream(true);
    const onProgress = bar(stream, { env: { CI: 'false' } });
    void onProgress(numbers(), 'a');
    onProgress.completed(numbers());
    expect(stream.text).toContain('\u001B[');
  });

  test('writes one line per interval at most, and the last one always', () => {
    const stream = new FakeStream(false);
    const onProgress = bar(stream, { interval: '1s' });
    for (let succeeded = 0; succeeded < 40; succeeded += 1) {
      void onProgress(numbers({ total: 40, succeeded }), 'a');
      jest.advanceTimersByTime(100);
    }
    onProgress.completed(numbers({ total: 40, running: 0, succeeded: 40 }));
    expect(stream.text.match(/^\d+/gm)).toEqual(['0', '10', '20', '30', '40']);
  });
});

describe('a pool with a progress bar', () => {
  test('leaves no listener behind, and can be started again', async () => {
    const before = process.listenerCount('exit');
    const stream = new FakeStream(true);
    const pool = processes.pool(() => undefined, { onProgress: bar(stream) });
    await pool.start();
    await processes.pool([ending(), ending()], { onProgress: bar(stream) }).start();
    expect(process.listenerCount('exit')).toBe(before);
    expect(stream.text.match(/\n/g)).toHaveLength(2);
  });

  test('ends the line when it is halted', async () => {
    const stream = new FakeStream(false);
    await processes
      .pool(entries(1).concat(ending({ exitCode: 1 })), {
        concurrency: 2,
        failFast: true,
        onProgress: bar(stream),
      })
      .start();
    expect(stream.text).toMatch(/2\/2 done, \d failed\n$/);
  });

  test('refuses options that there are not', () => {
    expect(() => progressBar({ lable: 'build' } as never)).toThrow('Did you mean "label"?');
  });

  test('is interrupted when it throws at the end', async () => {
    const onProgress = Object.assign(() => undefined, {
      completed: () => {
        throw new Error('no more');
      },
    });
    await expect(processes.pool([ending()], { onProgress }).start()).rejects.toMatchObject({
      origin: 'progress',
      cause: { message: 'no more' },
    });
  });
});

test('a pool without a bar does not load the library that draws it', () => {
  jest.isolateModules(() => {
    jest.doMock('cli-progress', () => {
      throw new Error('cli-progress is loaded');
    });
    const load = (name: string): unknown => jest.requireActual(name);
    expect(() => load('@proc/pool')).not.toThrow();
    expect(() => load('@proc/pool/progress')).toThrow('cli-progress is loaded');
    jest.dontMock('cli-progress');
  });
});
