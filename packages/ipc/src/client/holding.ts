import type { WaitOptions } from '../contracts/wait-options.js';
import { IpcTimeoutError } from '../errors/ipc-timeout-error.js';
import type { HeldLock } from './held-lock.js';
import type { Scopes } from './scopes.js';

/** Takes something that has to be given back. */
export type Acquire = (options?: WaitOptions) => Promise<HeldLock>;

/** Runs a function, in a scope of its own, while it holds what `acquire` takes. @throws what either throws */
export async function holding<T>(
  scopes: Scopes,
  acquire: Acquire,
  run: (held: HeldLock) => T | PromiseLike<T>,
  options?: WaitOptions,
): Promise<T> {
  return scopes.enter(async () => {
    const held = await acquire(options);
    let result: T;
    try {
      result = await run(held);
    } catch (error) {
      // What the function failed of says more than what became of the lock.
      await held[Symbol.asyncDispose]().catch(() => undefined);
      throw error;
    }
    await held[Symbol.asyncDispose]();
    return result;
  });
}

/** What something comes to without waiting; `undefined` when it would have to wait. */
export async function atOnce<T>(
  attempt: (options: WaitOptions) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await attempt({ timeout: 0 });
  } catch (error) {
    if (IpcTimeoutError.is(error)) return undefined;
    throw error;
  }
}
