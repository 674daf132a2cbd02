import { ConfigurationError, type Duration, InvalidArgumentError } from '@proc/core';
import { parseDuration, readObject } from '@proc/core/internal';
import {
  resolveListenOptions,
  type ListenOptions,
} from '../transports/socket/resolve-listen-options.js';

/** What `process.ipc` of the configuration holds. Everything has a default. */
export interface IpcConfig {
  /** See {@link IpcHubOptions.heartbeat}; default: 5 seconds. */
  readonly heartbeat?: Duration | undefined;
  /**
   * Where other programs reach the hub, for {@link IpcSocket}. With `true` or options, it is opened when the provider
   * boots; by default, when somebody calls {@link IpcSocket.open}.
   */
  readonly socket?: boolean | ListenOptions | undefined;
  /** Read and checked by the `IpcRedisServiceProvider` of `@proc/ipc-redis`. */
  readonly redis?: object | undefined;
}

/** With every default filled in. */
export interface ResolvedIpcConfig {
  readonly heartbeat: Duration;
  readonly socket: ListenOptions;
  readonly opensAtBoot: boolean;
}

/** Checks a configuration. @throws {@link ConfigurationError} naming the path of what is wrong */
export function resolveIpcConfig(given: IpcConfig = {}): ResolvedIpcConfig {
  const { heartbeat = '5s', socket } = at('process.ipc', () =>
    readObject(given, 'It is', ['heartbeat', 'socket', 'redis']),
  );
  at('process.ipc.heartbeat', () => parseDuration(heartbeat, 'heartbeat'));
  const options = socket === undefined || typeof socket === 'boolean' ? {} : socket;
  at('process.ipc.socket', () => resolveListenOptions(options, 'It is true, false or'));
  return {
    heartbeat,
    socket: options,
    opensAtBoot: socket !== undefined && socket !== false,
  };
}

function at<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!InvalidArgumentError.is(cause)) throw cause;
    throw new ConfigurationError(`${path}: ${cause.message}`, { cause });
  }
}
