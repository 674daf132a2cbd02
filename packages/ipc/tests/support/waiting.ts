import type { Ipc, IpcKind } from '../../src/index.js';

/** Resolves when so many wait for a primitive. */
export async function waiting(ipc: Ipc, kind: IpcKind, name: string, count = 1): Promise<void> {
  for (;;) {
    const { primitives } = await ipc.stats();
    const found = primitives.find((one) => one.kind === kind && one.name === name);
    if ((found?.waiters.length ?? 0) >= count) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
