import { jest } from '@jest/globals';
import { FakeRedis } from '../support/fake-redis/fake-redis.js';
import { describeIpc } from '../support/ipc-contract.js';
import { overRedis } from '../support/over-redis.js';

// Peers are started in some of the tests.
jest.setTimeout(60_000);

describeIpc(
  overRedis('a stand-in for Redis', () => FakeRedis.start()),
  4000,
);
