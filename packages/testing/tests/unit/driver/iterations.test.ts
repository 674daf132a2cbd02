import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Application, ProcessManager } from '@proc/core';
import { testingManager } from '../../support/testing-manager.js';

/** What a loop that asks again and again has to do in Node: let others go on. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a fake that counts questions', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
    processes.fake(() =>
      processes.describe().output('ONE').output('TWO').output('THREE').exitCode(7).iterations(3),
    );
  });

  afterEach(() => app.shutdown());

  it('is running so often, and gives a line for each question for output', async () => {
    const process = await processes.start('command');
    const latest: string[] = [];
    const output: string[] = [];
    let rounds = 0;
    while (process.running()) {
      rounds++;
      latest.push(process.latestOutput());
      output.push(process.output());
      await breath();
    }
    expect(rounds).toBe(3);
    expect(latest).toEqual(['ONE\n', 'TWO\nTHREE\n', '']);
    expect(output).toEqual(['ONE\nTWO\n', 'ONE\nTWO\nTHREE\n', 'ONE\nTWO\nTHREE\n']);
    expect((await process.wait()).exitCode).toBe(7);
  });

  it('gives one line per question for the latest output, and nothing after the last', async () => {
    const process = await processes.start('command');
    expect([1, 2, 3, 4].map(() => process.latestOutput())).toEqual([
      'ONE\n',
      'TWO\n',
      'THREE\n',
      '',
    ]);
    await process.stop();
  });

  it('brings the rest when somebody waits', async () => {
    const process = await processes.start('command');
    expect(process.running()).toBe(true);
    expect(process.latestOutput()).toBe('ONE\n');
    const result = await process.wait();
    expect([result.stdout, result.exitCode]).toEqual(['ONE\nTWO\nTHREE\n', 7]);
    expect(process.running()).toBe(false);
  });

  it.each([0, 1, 3])('does not hang when %i questions come before it has begun', async (times) => {
    const process = await processes.command('command').quietly().start();
    for (let asked = 0; asked < times; asked++) expect(process.running()).toBe(true);
    expect((await process.wait()).exitCode).toBe(7);
  });

  it('just runs when nobody asks', async () => {
    const result = await processes.run('command');
    expect([result.stdout, result.exitCode]).toEqual(['ONE\nTWO\nTHREE\n', 7]);
  });

  it('brings lines to waitUntil until one is found, and the next ones to the next', async () => {
    const process = await processes.start('command');
    const seen: string[] = [];
    const take = (last: string) => (_: string, text: string) => {
      seen.push(text);
      return text.startsWith(last);
    };
    await process.waitUntil(take('TWO'));
    expect(seen).toEqual(['ONE\n', 'TWO\n']);
    await process.waitUntil(take('never'));
    expect(seen).toEqual(['ONE\n', 'TWO\n', 'THREE\n']);
  });

  it('is ended by stop with its described exit code, and records the signal', async () => {
    const process = await processes.start('command');
    expect(process.running()).toBe(true);
    const result = await process.stop();
    expect(result.exitCode).toBe(7);
    expect(process.running()).toBe(false);
    processes.assertSignalled('command', 'SIGTERM');
  });

  it('prints nothing more after stop', async () => {
    const chunks: string[] = [];
    const process = await processes.start('command', (_, chunk) => {
      chunks.push(chunk);
    });
    process.latestOutput();
    await process.stop();
    await breath();
    expect(chunks).toEqual(['ONE\n']);
  });

  it('prints nothing more after a stop from the callback itself', async () => {
    const chunks: string[] = [];
    const process = await processes.start('command', (_, chunk) => {
      chunks.push(chunk);
      void process.stop();
    });
    process.latestOutput();
    await process.wait();
    expect(chunks).toEqual(['ONE\n']);
  });

  it('does not wait for time to pass once it counts', async () => {
    processes.fake(() => processes.describe().output('a').delay('1h').output('b').iterations(1));
    const process = await processes.start('command');
    expect(process.running()).toBe(true);
    expect((await process.wait()).stdout).toBe('a\nb\n');
  });
});
