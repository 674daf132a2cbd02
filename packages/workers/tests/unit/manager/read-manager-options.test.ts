import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import { WorkerManager } from '../../../src/manager/worker-manager.js';

describe('A manager of workers', () => {
  test.each([
    [{ size: 2 }, 'Unknown key: "size".'],
    [{ defaults: { size: 2 } }, 'defaults is a function, such as `() => …`'],
    [null, 'are given as an object.'],
  ])('refuses the options %j', (options, problem) => {
    const make = (): WorkerManager => new WorkerManager(options as never);
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(problem);
  });
});
