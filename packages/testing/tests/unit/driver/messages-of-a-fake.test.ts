import 'reflect-metadata';
import { types } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ExpectationError,
  InvalidArgumentError,
  MessageChannelError,
  type Application,
  type ProcessManager,
} from '@proc/core';
import { FakeProcessDescription } from '@proc/testing';
import { testingManager } from '../../support/testing-manager.js';

const describeFake = (): FakeProcessDescription => new FakeProcessDescription();

async function collect(messages: AsyncIterable<unknown>): Promise<unknown[]> {
  const collected: unknown[] = [];
  for await (const message of messages) collected.push(message);
  return collected;
}

describe('the messages of a fake', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
  });
  afterEach(() => app.shutdown());

  it('come at their place among what it does', async () => {
    processes.fake({
      '* work.mjs': describeFake()
        .message({ step: 1 })
        .output('printed')
        .message('done')
        .exitCode(3),
    });
    const program = await processes.node('work.mjs').start();
    const result = await program.wait();
    expect([result.exitCode, result.output()]).toEqual([3, 'printed\n']);
    expect(await collect(program.messages())).toEqual([{ step: 1 }, 'done']);
    await expect(program.send('x')).rejects.toBeInstanceOf(MessageChannelError);
  });

  it('are answers to what it is sent, until it is disconnected', async () => {
    processes.fake({
      '* double.mjs': describeFake().onMessage((message) => {
        const { id, value } = message as { id?: number; value: number };
        return id === undefined ? undefined : { id, value: value * 2 };
      }),
    });
    const program = await processes.node('double.mjs').start();
    const answers = [1, 2].map((id) => program.request({ id, value: id * 10 }));
    expect(await Promise.all(answers)).toEqual([
      { id: 1, value: 20 },
      { id: 2, value: 40 },
    ]);
    await program.send({ value: 5 });
    await expect(program.request({ value: 6 }, 20)).rejects.toBeInstanceOf(ExpectationError);
    await program.disconnect();
    expect((await program.wait()).exitCode).toBe(0);
    expect(processes.recorded('* double.mjs')[0]?.messages).toEqual([
      { id: 1, value: 10 },
      { id: 2, value: 20 },
      { value: 5 },
      { value: 6 },
    ]);
  });

  it('may be answered by what a function decides on', async () => {
    processes.fake((spec) => describeFake().onMessage(() => spec.ipc));
    const program = await processes.node('x.mjs').ipc('advanced').start();
    expect(await program.request('how?')).toBe('advanced');
    expect((await program.stop()).signal).toBe('SIGTERM');
  });

  it('are read and sent by code that plays the program', async () => {
    processes.fake({
      '* upper.mjs': describeFake().perform(async (child) => {
        child.send('ready');
        for await (const message of child.messages) {
          if (message === 'enough') child.disconnect();
          else child.send(String(message).toUpperCase());
        }
        return 7;
      }),
    });
    const program = await processes.node('upper.mjs').start();
    await program.send('a');
    await program.send('b');
    await program.send('enough');
    expect(await collect(program.messages())).toEqual(['ready', 'A', 'B']);
    expect((await program.wait()).exitCode).toBe(7);
  });

  it('are what JSON leaves of them, or a clone', async () => {
    processes.fake({ '*': describeFake().onMessage((message) => message) });
    const sent = { date: new Date(0), left: undefined };
    const json = await processes.node('x.mjs').start();
    expect(await json.request(sent)).toEqual({ date: '1970-01-01T00:00:00.000Z' });
    await expect(json.send({ value: 1n })).rejects.toBeInstanceOf(InvalidArgumentError);
    const advanced = await processes.node('x.mjs').ipc('advanced').start();
    const clone = await advanced.request<{ date: unknown }>(sent);
    expect(types.isDate(clone.date)).toBe(true);
    expect(clone.date).not.toBe(sent.date);
    await expect(advanced.send({ run: () => 1 })).rejects.toBeInstanceOf(InvalidArgumentError);
    await Promise.all([json.stop(), advanced.stop()]);
  });

  it.each([
    ['an answer that throws', describeFake().onMessage(() => fail())],
    ['a message that can not be sent', describeFake().message({ value: 1n })],
    ['an answer that can not be sent', describeFake().onMessage(() => ({ value: 1n }))],
  ])('make it crash: %s', async (_, fake) => {
    processes.fake({ '*': fake });
    const program = await processes.node('x.mjs').start();
    const request = program.request('x').catch((error: unknown) => error);
    const result = await program.wait();
    expect(result.exitCode).toBe(1);
    expect(result.errorOutput()).toMatch(/Error: (no luck|The message can not be sent)/);
    expect(await request).toBeInstanceOf(MessageChannelError);
  });

  it('need a channel', async () => {
    const heard: unknown[] = [];
    processes.fake({
      '*': describeFake()
        .message('nobody hears it')
        .onMessage((message) => heard.push(message))
        .perform(async (child) => {
          child.send('nobody hears this either');
          for await (const message of child.messages) heard.push(message);
          await child.write('out', 'done');
        }),
    });
    const program = await processes.start('x');
    await expect(program.send('x')).rejects.toBeInstanceOf(InvalidArgumentError);
    expect((await program.wait()).stdout).toBe('done');
    expect(heard).toEqual([]);
  });

  it('come one for one question where questions are counted', async () => {
    processes.fake({
      '*': describeFake().message('first').output('line').message('second').runsFor(3),
    });
    const program = await processes.node('x.mjs').start();
    expect(program.running()).toBe(true);
    expect(program.latestOutput()).toBe('line\n');
    expect(await collect(program.messages())).toEqual(['first', 'second']);
    await program.wait();
  });
});

function fail(): never {
  throw new Error('no luck');
}
