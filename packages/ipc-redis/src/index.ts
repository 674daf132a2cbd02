export {
  listenIpcRedis,
  type IpcRedisListener,
  type ListenRedisOptions,
} from './listening/listen-ipc-redis.js';
export {
  connectIpcRedis,
  openRedisBroker,
  type ConnectRedisOptions,
} from './connecting/open-redis-broker.js';
export { RedisBroker } from './connecting/redis-broker.js';
export type { RedisOptions } from './options/resolve-redis-options.js';
export type { RedisSource } from './redis/redis-connections.js';
export { LinkLostError } from './errors/link-lost-error.js';
export { IpcHubLeaseLost } from './events/ipc-hub-lease-lost.js';
export { LeaseLostError } from './errors/lease-lost-error.js';
export { IpcRedisServiceProvider } from './provider/ipc-redis-service-provider.js';
export type { IpcRedisConfig } from './provider/resolve-redis-config.js';
