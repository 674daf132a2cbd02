import type { Primitive, PrimitiveKind } from '../hub/primitive.js';
import { barrierKind } from './barrier-state.js';
import { channelKind } from './channel-state.js';
import { eventKind } from './event-state.js';
import { memoryKind } from './memory-state.js';
import { lockKind, rwLockKind, semaphoreKind } from './permit-kinds.js';
import { queueKind } from './queue-kind.js';
import { rpcKind } from './rpc-state.js';
import { valueKind } from './value-state.js';

/** Every kind of primitives, by its name in `kind.operation`. */
export const KINDS: Readonly<Record<string, PrimitiveKind<Primitive>>> = {
  queue: anyKind(queueKind),
  value: anyKind(valueKind),
  event: anyKind(eventKind),
  lock: anyKind(lockKind),
  rwlock: anyKind(rwLockKind),
  semaphore: anyKind(semaphoreKind),
  barrier: anyKind(barrierKind),
  channel: anyKind(channelKind),
  rpc: anyKind(rpcKind),
  memory: anyKind(memoryKind),
};

/** A kind gets only primitives of its own making back: the registry keeps the kinds apart. */
function anyKind<State extends Primitive>(kind: PrimitiveKind<State>): PrimitiveKind<Primitive> {
  return kind as unknown as PrimitiveKind<Primitive>;
}
