import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidArgumentError, type Application, type ProcessManager } from '@proc/core';
import type { FakeValue } from '@proc/testing';
import { testingManager } from '../../support/testing-manager.js';

describe('what a fake prints', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
  });

  afterEach(() => app.shutdown());

  it.each<[string, (m: ProcessManager) => unknown, string]>([
    [
      'a result by the names of real ones',
      (m) => m.result({ stdout: 'text' } as object),
      'Unknown key: "stdout". The result of a fake is given as an object with output, errorOutput, exitCode, signal.',
    ],
    ['a result of a number', (m) => m.result(5 as never), 'is given as an object'],
    ['a result that prints a number', (m) => m.result({ output: 5 as never }), 'bytes; got 5.'],
    ['a list of numbers', (m) => m.result([1] as never), 'given as an object'],
    ['a description that prints a number', (m) => m.describe().output(5 as never), 'got 5.'],
    ['options that there are not', (m) => m.fake({}, { recordStray: true } as object), 'recordSt'],
  ])('may not be told by %s', (_, tell, message) => {
    expect(() => tell(processes)).toThrow(InvalidArgumentError);
    expect(() => tell(processes)).toThrow(message);
  });

  it('may not be an object that only looks like a result', async () => {
    processes.fake({ ls: { output: 'text' } as never });
    await expect(processes.run('ls')).rejects.toThrow(
      'an object that is no result (result({ output, errorOutput, exitCode }) makes one)',
    );
  });

  it('is nothing, and a success, without handlers', async () => {
    processes.fake();
    const result = await processes.run('anything at all');
    expect([result.stdout, result.stderr, result.exitCode]).toEqual(['', '', 0]);
    expect(result.successful()).toBe(true);
  });

  it.each<[string, (m: ProcessManager) => FakeValue, string]>([
    ['a string', () => 'text', 'text\n'],
    ['a string with line ends', () => 'text\n\n', 'text\n'],
    ['an empty string', () => '', ''],
    ['a list', () => ['line 1', 'line 2'], 'line 1\nline 2\n'],
    ['a list with an empty line', () => ['line 1', '', 'line 2'], 'line 1\n\nline 2\n'],
    ['an empty list', () => [], ''],
    ['bytes, exactly', () => Buffer.from('no line end'), 'no line end'],
    ['a result', (m) => m.result({ output: 'text' }), 'text\n'],
    ['a result by position', (m) => m.result('text'), 'text\n'],
    ['a result of a list', (m) => m.result(['line 1', 'line 2\n']), 'line 1\nline 2\n'],
    ['a description', (m) => m.describe().output('line 1').output('line 2'), 'line 1\nline 2\n'],
    [
      'a description with an empty line',
      (m) => m.describe().output('line 1').output('').output('line 2'),
      'line 1\n\nline 2\n',
    ],
    [
      'a description of a list',
      (m) => m.describe().output(['line 1', 'line 2']),
      'line 1\nline 2\n',
    ],
    ['a description of bytes', (m) => m.describe().output(Buffer.from('> ')), '> '],
  ])('ends in one line end: %s', async (_, make, expected) => {
    processes.fake({ '*': make(processes) });
    const result = await processes.run('command');
    expect(result.stdout).toBe(expected);
    expect(result.stderr).toBe('');
  });

  it.each<[string, (m: ProcessManager) => FakeValue, string]>([
    ['a result', (m) => m.result({ errorOutput: 'text' }), 'text\n'],
    ['a result by position', (m) => m.result('', ['line 1', 'line 2']), 'line 1\nline 2\n'],
    [
      'a description',
      (m) => m.describe().errorOutput('line 1').errorOutput('line 2'),
      'line 1\nline 2\n',
    ],
  ])('goes to stderr: %s', async (_, make, expected) => {
    processes.fake({ '*': make(processes) });
    const result = await processes.run('command');
    expect(result.stderr).toBe(expected);
    expect(result.stdout).toBe('');
  });

  it('reaches the output callback in the order of both streams', async () => {
    processes.fake(() =>
      processes.describe().output('1').errorOutput('2').output('3').output('4').errorOutput('5'),
    );
    const seen: string[] = [];
    await processes.run('command', (type, chunk) => {
      seen.push(`${type} ${chunk.trim()}`);
    });
    expect(seen).toEqual(['out 1', 'err 2', 'out 3', 'out 4', 'err 5']);
  });

  it('keeps that order when the callback takes its time', async () => {
    processes.fake(() =>
      processes.describe().output('1').errorOutput('2').output('3').errorOutput('4'),
    );
    const seen: string[] = [];
    await processes.run('command', async (type, chunk) => {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${type} ${chunk.trim()}`);
    });
    expect(seen).toEqual(['out 1', 'err 2', 'out 3', 'err 4']);
  });

  it('is not kept by a quiet process, whose callback still gets it', async () => {
    processes.fake({ '*': processes.result('out', 'err', 3) });
    const seen: string[] = [];
    const result = await processes
      .command('command')
      .quietly()
      .run((_, chunk) => {
        seen.push(chunk);
      });
    expect([result.stdout, result.stderr, result.exitCode]).toEqual(['', '', 3]);
    expect(seen).toEqual(['out\n', 'err\n']);
  });

  it('goes to one stream when stderr is merged', async () => {
    processes.fake(() => processes.describe().output('1').errorOutput('2').output('3'));
    const result = await processes.command('command').mergeStderr().run();
    expect(result.stdout).toBe('1\n2\n3\n');
    expect(result.stderr).toBe('');
  });

  it('can be replaced in a description, one stream at a time', async () => {
    const described = (): ReturnType<ProcessManager['describe']> =>
      processes.describe().output('a').errorOutput('b').output('c');
    processes.fake({
      other: described().replaceOutput('other'),
      none: described().replaceOutput(''),
      error: described().replaceErrorOutput(['x', 'y']),
    });
    const [other, none, error] = [
      await processes.run('other'),
      await processes.run('none'),
      await processes.run('error'),
    ];
    expect([other.stdout, other.stderr]).toEqual(['other\n', 'b\n']);
    expect([none.stdout, none.stderr]).toEqual(['', 'b\n']);
    expect([error.stdout, error.stderr]).toEqual(['a\nc\n', 'x\ny\n']);
  });
});
