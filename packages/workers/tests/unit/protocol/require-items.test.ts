import { describe, expect, it } from '@jest/globals';
import { encodeError } from '../../../src/errors/encode-error.js';
import { WorkerProtocolError } from '../../../src/errors/worker-protocol-error.js';
import { Kind } from '../../../src/protocol/frames.js';
import type { Item } from '../../../src/protocol/plain-items.js';
import { requireItems } from '../../../src/protocol/require-items.js';

const cause = Object.assign(new TypeError('inner'), { code: 'E', at: { row: 1 }, fn: () => 1 });
const error = encodeError(new AggregateError([cause, 'text', () => 1], 'outer', { cause }));
const plain = { kind: 'error', name: 'Error', type: 'Error', message: 'x', properties: [] };

describe('What comes from a worker', () => {
  it.each<Item>([
    [Kind.ready],
    [Kind.failed, error],
    [Kind.started, 1],
    [Kind.done, 0, undefined, 0.5],
    [Kind.error, 1, error, 0],
    [Kind.error, 1, encodeError(undefined), 0],
    [Kind.emitted, 1, { any: 'thing' }],
    [Kind.output, 0, 2, ''],
    [Kind.pong, 1, 1e9],
    [Kind.left],
    [Kind.fatal, error],
    [Kind.ipc, null],
  ])('may be of kind %p', (...item) => {
    expect(() => {
      requireItems([item]);
    }).not.toThrow();
  });

  it.each<[string, unknown]>([
    ['no list', 5],
    ['nothing', null],
    ['of no kind', [99]],
    ['of a kind that goes the other way', [Kind.task, 1, 1, []]],
    ['of a task without a number', [Kind.done, 'x', 1, 1]],
    ['of a task before the first', [Kind.done, -1, 1, 1]],
    ['of half a task', [Kind.started, 0.5]],
    ['a result that took no time', [Kind.done, 1, 'forged']],
    ['a failure without an error', [Kind.error, 1, null, 1]],
    ['an error without a message', [Kind.fatal, { ...plain, message: undefined }]],
    ['an error with a stack that is none', [Kind.fatal, { ...plain, stack: 5 }]],
    ['an error with properties without values', [Kind.fatal, { ...plain, properties: [['a']] }]],
    ['an error of a cause that is none', [Kind.fatal, { ...plain, cause: 'x' }]],
    ['an error of what are no errors', [Kind.fatal, { ...plain, errors: [1] }]],
    ['an error of odd classes', [Kind.fatal, { ...plain, lineage: 'abc' }]],
    ['printed to nowhere', [Kind.output, 1, 3, 'text']],
    ['no memory', [Kind.pong, 1]],
  ])('is no item that is %s', (_, item) => {
    const check = (): void => {
      requireItems([[Kind.ready], item as Item]);
    };
    expect(check).toThrow(WorkerProtocolError);
  });
});
