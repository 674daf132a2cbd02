import {
  ProcessServiceProvider,
  type DeferredProvider,
  type ServiceProviderClass,
} from '@proc/core';
import { PosixDriverServiceProvider } from '@proc/driver-posix';
import { EventServiceProvider } from '@proc/events';
import { PipeServiceProvider } from '@proc/pipe';
import { PoolServiceProvider } from '@proc/pool';
import { ipc, workers } from './deferred-providers.js';

/**
 * The providers behind the facade and {@link createProcess}; spread it to add your own. Workers shut down before IPC,
 * which they may be using.
 */
export const defaultProviders: readonly (ServiceProviderClass | DeferredProvider)[] = Object.freeze(
  [
    ProcessServiceProvider,
    EventServiceProvider,
    PoolServiceProvider,
    PipeServiceProvider,
    PosixDriverServiceProvider,
    ipc,
    workers,
  ],
);
