import { expect, test } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import type { WorkerPoolOptions } from '../../../src/contracts/worker-pool-options.js';
import { resolvePoolOptions } from '../../../src/pool/resolve-pool-options.js';

test.each<WorkerPoolOptions>([{ maxHeap: 0 }, { maxMemory: 0 }, { startTimeout: 0 }])(
  'nothing at all is refused: %p',
  (options) => {
    expect(() => resolvePoolOptions('thread', options)).toThrow(
      `${Object.keys(options).join()} must be above 0.`,
    );
  },
);

test.each<[string, object]>([
  ['name', { name: 5 }],
  ['name', { name: '' }],
  ['execArgv', { execArgv: '--expose-gc' }],
  ['execArgv', { execArgv: [5] }],
])('%s is refused where it can not be: %p', (name, options) => {
  const wrong = (): unknown => resolvePoolOptions('process', options);
  expect(wrong).toThrow(InvalidArgumentError);
  expect(wrong).toThrow(`${name} `);
});
