import { ConfigurationError, type Duration, InvalidArgumentError } from '@proc/core';
import { parseDuration, parseSize, readObject, showValue } from '@proc/core/internal';
import type { ListenOptions } from '../transports/socket/listen-ipc.js';

/** What `process.ipc` of the configuration holds. Everything has a default. */
export interface IpcConfig {
  /** See {@link IpcHubOptions.heartbeat}; default: 5 seconds. */
  readonly heartbeat?: Duration | undefined;
  /**
   * Where other programs reach the hub, for {@link IpcSocket}. With `true` or options, it is opened when the provider
   * boots; by default, when somebody calls {@link IpcSocket.open}.
   */
  readonly socket?: boolean | ListenOptions | undefined;
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
    readObject(given, 'It is', ['heartbeat', 'socket']),
  );
  at('process.ipc.heartbeat', () => parseDuration(heartbeat, 'heartbeat'));
  const options = socket === undefined || typeof socket === 'boolean' ? {} : socket;
  return {
    heartbeat,
    socket: at('process.ipc.socket', () => checkSocket(options)),
    opensAtBoot: socket !== undefined && socket !== false,
  };
}

function checkSocket(given: ListenOptions): ListenOptions {
  const options = readObject(given, 'It is true, false or', ['path', 'token', 'maxFrame']);
  for (const name of ['path', 'token'] as const) {
    const text: unknown = options[name];
    if (text === undefined || (typeof text === 'string' && text !== '')) continue;
    throw new InvalidArgumentError(`${name} is a text that is not empty, not ${showValue(text)}.`);
  }
  if (options.maxFrame !== undefined) parseSize(options.maxFrame, 'maxFrame');
  return options;
}

function at<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!InvalidArgumentError.is(cause)) throw cause;
    throw new ConfigurationError(`${path}: ${cause.message}`, { cause });
  }
}
