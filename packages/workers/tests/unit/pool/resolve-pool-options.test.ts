import { expect, test } from '@jest/globals';
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
