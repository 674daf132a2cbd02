/**
 * What a program needs that is connected to a hub, and no more: it is loaded within a few milliseconds, as a worker
 * wants it. The main entry has all of this too.
 */

export { Ipc } from './contracts/ipc.js';
export { connectIpc } from './connect-ipc.js';
export type { ConnectOptions } from './contracts/connect-options.js';
export type { FramePort } from './contracts/frame-port.js';
export { onParentExit } from './parent/on-parent-exit.js';
export type { ParentExitOptions } from './parent/watch-parent.js';
export { attachedPort, type SharedChannel } from './transports/attached-port.js';
export { messagePort, type MessagePortLike } from './transports/message-port.js';
export { processPort, type ProcessLike } from './transports/process-port.js';

export type {
  IpcHolder,
  IpcKind,
  IpcPrimitiveStats,
  IpcSessionStats,
  IpcStats,
  IpcWaiter,
  SessionState,
} from './contracts/ipc-stats.js';
export type { WaitOptions } from './contracts/wait-options.js';

export { Delivery } from './client/delivery.js';
export { HeldLock } from './client/held-lock.js';
export { IpcBarrier } from './client/ipc-barrier.js';
export { IpcChannel, type ChannelOptions } from './client/ipc-channel.js';
export { IpcEvent } from './client/ipc-event.js';
export { IpcLock, type LockOptions } from './client/ipc-lock.js';
export { IpcQueue, type DeadLetter, type QueueOptions } from './client/ipc-queue.js';
export { IpcRwLock } from './client/ipc-rw-lock.js';
export { IpcSemaphore, type PermitOptions } from './client/ipc-semaphore.js';
export {
  IpcValue,
  type ValueOptions,
  type ValueType,
  type ValueTypes,
} from './client/ipc-value.js';
export {
  Served,
  type ServeContext,
  type ServedFunction,
  type ServeOptions,
} from './client/served-functions.js';
export { Subscription, type SubscribeOptions } from './client/subscription.js';
export type { Overflow } from './primitives/subscriber.js';
export type { BarrierBreak, DeadlockStep, RemoteFault } from './wire/fault.js';

export { SharedBarrier } from './shared/shared-barrier.js';
export { SharedEvent } from './shared/shared-event.js';
export { SharedHeldLock } from './shared/shared-held-lock.js';
export { SharedLock } from './shared/shared-lock.js';
export { SharedPermit } from './shared/shared-permit.js';
export {
  SharedPrimitives,
  type SharedRingOptions,
  type SharedValueOptions,
} from './shared/shared-primitives.js';
export { SharedRing } from './shared/shared-ring.js';
export { SharedSemaphore } from './shared/shared-semaphore.js';
export { SharedValue, type Scalar } from './shared/shared-value.js';
export type { SharedValueType } from './shared/value-bits.js';

export { BrokenBarrierError } from './errors/broken-barrier-error.js';
export { BrokerGoneError } from './errors/broker-gone-error.js';
export { DeadlockError } from './errors/deadlock-error.js';
export { IpcCancelledError } from './errors/ipc-cancelled-error.js';
export { FrameTooLargeError } from './errors/frame-too-large-error.js';
export { IpcClosedError } from './errors/ipc-closed-error.js';
export { IpcError } from './errors/ipc-error.js';
export { IpcMismatchError } from './errors/ipc-mismatch-error.js';
export { IpcTimeoutError } from './errors/ipc-timeout-error.js';
export { NotHeldError } from './errors/not-held-error.js';
export { NotServedError } from './errors/not-served-error.js';
export { PeerGoneError } from './errors/peer-gone-error.js';
export { RemoteCallError } from './errors/remote-call-error.js';
export { SubscriptionOverflowError } from './errors/subscription-overflow-error.js';
