import { ProcEvent } from '@proc/core';
import type { BarrierBreak, DeadlockStep } from '../wire/fault.js';

/** A session as events tell of it. */
export interface SessionIdentity {
  readonly id: string;
  readonly name: string;
  /** Of the process at the other end. */
  readonly pid: number | undefined;
}

/** Something that happened at a hub. */
export abstract class IpcHubEvent extends ProcEvent {}

/** An event in the life of a session. */
export abstract class IpcSessionEvent extends IpcHubEvent {
  constructor(readonly session: SessionIdentity) {
    super();
  }
}

/** Somebody has connected, and introduced himself. */
export class IpcSessionOpened extends IpcSessionEvent {
  override readonly name = 'IpcSessionOpened';
}

/** A session does not answer; most likely it computes without a pause. It keeps what it holds. */
export class IpcSessionUnresponsive extends IpcSessionEvent {
  override readonly name = 'IpcSessionUnresponsive';
}

/** A session answers again. */
export class IpcSessionResponsive extends IpcSessionEvent {
  override readonly name = 'IpcSessionResponsive';
}

/** A session is over, and all that it held is released. */
export class IpcSessionClosed extends IpcSessionEvent {
  override readonly name = 'IpcSessionClosed';

  constructor(
    session: SessionIdentity,
    /** How many locks, permits, items, subscriptions and served names it had left. */
    readonly releasedCount: number,
    /** Why the hub has cut it off, where it has: for what it sent, or did not read. */
    readonly reason?: Error,
  ) {
    super(session);
  }
}

/** Kinds of locks; `'shared.lock'` is one in memory that threads share. */
export type AbandonableLock = 'lock' | 'rwlock' | 'shared.lock';

/** A holder was lost before it released: what the lock guards may have been left half done. */
export class IpcLockAbandoned extends IpcHubEvent {
  override readonly name = 'IpcLockAbandoned';

  constructor(
    readonly kind: AbandonableLock,
    readonly lock: string,
    /** Who held it. */
    readonly session: SessionIdentity,
    /** Its token; that of the next holder is larger. */
    readonly token: number,
  ) {
    super();
  }
}

/** An item of a queue was given out in vain too often, or refused, and is now in the queue of dead letters. */
export class IpcMessageDeadLettered extends IpcHubEvent {
  override readonly name = 'IpcMessageDeadLettered';

  constructor(
    readonly queue: string,
    /** How often it was given out. */
    readonly deliveries: number,
    readonly reason: string,
  ) {
    super();
  }
}

/** The parties of a barrier will not come together, until it is reset. */
export class IpcBarrierBroken extends IpcHubEvent {
  override readonly name = 'IpcBarrierBroken';

  constructor(
    readonly barrier: string,
    readonly reason: BarrierBreak,
  ) {
    super();
  }
}

/** Somebody was refused a lock, because he would have waited in a circle. */
export class IpcDeadlockRefused extends IpcHubEvent {
  override readonly name = 'IpcDeadlockRefused';

  constructor(readonly cycle: readonly DeadlockStep[]) {
    super();
  }
}
