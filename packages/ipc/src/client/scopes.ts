import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<string>();
let count = 0;

/** Runs a function in a scope of its own, within the one around: what it acquires belongs to it. */
export function inScope<T>(run: () => T): T {
  const outer = storage.getStore();
  const id = (++count).toString(36);
  return storage.run(outer === undefined ? id : `${outer}/${id}`, run);
}

/** The scope around; `undefined` outside of any. */
export function currentScope(): string | undefined {
  return storage.getStore();
}
