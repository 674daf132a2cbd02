import type { PoolGate } from '@proc/core';

/** Lets more be started, or does not. */
export interface Gate {
  readonly name: PoolGate;
  isOpen(): boolean;
}
