import { ProcessServiceProvider, type ServiceProviderClass } from '@proc/core';
import { PosixDriverServiceProvider } from '@proc/driver-posix';
import { EventServiceProvider } from '@proc/events';
import { PipeServiceProvider } from '@proc/pipe';
import { PoolServiceProvider } from '@proc/pool';

/** The providers behind the facade and {@link createProcess}; spread it to add your own. */
export const defaultProviders: readonly ServiceProviderClass[] = Object.freeze([
  ProcessServiceProvider,
  EventServiceProvider,
  PoolServiceProvider,
  PipeServiceProvider,
  PosixDriverServiceProvider,
]);
