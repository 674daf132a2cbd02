import { it, jest } from '@jest/globals';
import { describeIpc } from '../support/ipc-contract.js';
import { overRedis } from '../support/over-redis.js';
import { hasRealRedis, startRealRedis } from '../support/real-redis.js';

// Peers are started in some of the tests.
jest.setTimeout(60_000);

if (hasRealRedis) describeIpc(overRedis('Redis', startRealRedis), 4000);
else it.skip('is not tried with Redis: there is no redis-server on the PATH', () => undefined);
