import { jest } from '@jest/globals';
import { describeIpc } from '../support/ipc-contract.js';
import { overRedis } from '../support/over-redis.js';
import { hasRealRedis, startRealRedis } from '../support/real-redis.js';
import { sayWhatIsMissing } from '../support/redis-server.js';

// Peers are started in some of the tests.
jest.setTimeout(60_000);

if (hasRealRedis) describeIpc(overRedis('Redis', startRealRedis), 4000);
sayWhatIsMissing();
