import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it, jest } from '@jest/globals';
import { InputClosedError } from '../../../src/errors/input-closed-error.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import { StandardInput } from '../../../src/input/standard-input.js';
import { RunScope } from '../../../src/process/run-scope.js';
import { settled } from '../../support/captured.js';
import { makeSpec } from '../../support/spec.js';

const interactive = makeSpec({ interactive: true });

function open(stdin: Writable | null, spec = interactive, scope = new RunScope()): StandardInput {
  const input = new StandardInput(stdin, spec);
  input.begin(null, scope, jest.fn());
  return input;
}

describe('StandardInput', () => {
  it('writes in order and closes', async () => {
    const stdin = new PassThrough();
    const input = open(stdin);
    await input.write('a');
    await input.write(new Uint8Array([98]));
    const text = stdin.toArray();
    await input.close();
    expect(Buffer.concat((await text) as Buffer[]).toString()).toBe('ab');
  });

  it('resolves a write when the program may be sent more', async () => {
    const stdin = new PassThrough({ highWaterMark: 1 });
    let free = false;
    const write = open(stdin)
      .write('abc')
      .then(() => {
        free = true;
      });
    await settled();
    expect(free).toBe(false);
    stdin.resume();
    await write;
    expect(stdin.listenerCount('drain')).toBe(0);
  });

  it('rejects a write to a program that no longer reads', async () => {
    const stdin = new PassThrough();
    const input = open(stdin);
    stdin.destroy(new Error('EPIPE'));
    await settled();
    await expect(input.write('a')).rejects.toThrow(InputClosedError);
  });

  it('rejects a write that waits when the program goes', async () => {
    const stdin = new PassThrough({ highWaterMark: 1 });
    const write = open(stdin).write('abc');
    stdin.destroy();
    await expect(write).rejects.toThrow(InputClosedError);
  });

  it('may be closed when it is closed already', async () => {
    const stdin = new PassThrough();
    const input = open(stdin);
    await input.close();
    await input.close();
    stdin.destroy();
    await once(stdin, 'close');
    await input.close();
  });

  it.each([
    ['has no input', null, interactive],
    ['is not interactive', new PassThrough(), makeSpec({ input: 'x' })],
  ])('refuses to write to a process that %s', async (_, stdin, spec) => {
    await expect(open(stdin, spec).write('a')).rejects.toThrow(InvalidArgumentError);
    await expect(open(stdin, spec).close()).rejects.toThrow(InvalidArgumentError);
  });

  it('ends an input that nothing is fed to', () => {
    const stdin = new PassThrough();
    open(stdin, makeSpec());
    expect(stdin.writableEnded).toBe(true);
  });

  it('is closed with the scope of the run', () => {
    const stdin = new PassThrough();
    const scope = new RunScope();
    open(stdin, interactive, scope);
    scope.close();
    expect(stdin.destroyed).toBe(true);
  });
});
