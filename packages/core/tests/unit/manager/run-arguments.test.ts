import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import { readRunArguments, type RunArgument } from '../../../src/manager/run-arguments.js';
import { makeManager } from '../../support/manager.js';

const read = (...rest: readonly unknown[]): readonly [string, string | null, unknown] => {
  const pending = makeManager().newPendingProcess();
  const { onOutput } = readRunArguments(pending, 'ls', rest as readonly RunArgument[]);
  return [pending.toString(), pending.toSpec().tag, onOutput];
};
const callback = (): void => undefined;

describe('readRunArguments', () => {
  it.each<[readonly unknown[], readonly [string, string | null, unknown]]>([
    [[], ['ls', null, undefined]],
    [[['a b']], ["ls 'a b'", null, undefined]],
    [[[]], ['ls', null, undefined]],
    [[callback], ['ls', null, callback]],
    [
      [null, { tag: 't' }],
      ['ls', 't', undefined],
    ],
    [
      [undefined, undefined],
      ['ls', null, undefined],
    ],
    [
      [{ tag: 't' }, callback],
      ['ls', 't', callback],
    ],
    [
      [callback, { tag: 't' }],
      ['ls', 't', callback],
    ],
    [
      [['x'], { tag: 't' }, callback],
      ['ls x', 't', callback],
    ],
    [
      [['x'], callback],
      ['ls x', null, callback],
    ],
  ])('reads %p', (rest, wanted) => {
    expect(read(...rest)).toEqual(wanted);
  });

  it.each([['-la'], [5], [true], [callback, ['too late']]])('refuses %p', (...rest) => {
    expect(() => read(...rest)).toThrow(InvalidArgumentError);
  });
});
