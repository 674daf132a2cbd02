import type { Ipc, IpcKind } from '../../src/index.js';

/** Resolves when so many wait for a primitive. */
export async function waiting(ipc: Ipc, kind: IpcKind, name: string, count = 1): Promise<void> {
  await untilWaiters(ipc, kind, name, (waiters) => waiters >= count);
}

/** Resolves when nobody waits for it any longer. */
export async function nobodyWaiting(ipc: Ipc, kind: IpcKind, name: string): Promise<void> {
  await untilWaiters(ipc, kind, name, (waiters) => waiters === 0);
}

async function untilWaiters(
  ipc: Ipc,
  kind: IpcKind,
  name: string,
  enough: (waiters: number) => boolean,
): Promise<void> {
  for (;;) {
    const { primitives } = await ipc.stats();
    const found = primitives.find((one) => one.kind === kind && one.name === name);
    if (enough(found?.waiters.length ?? 0)) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
