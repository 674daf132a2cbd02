import type { ProcError } from '@proc/core';
import { formatDuration, InvalidArgumentError } from '@proc/core/essentials';
import type { Fault } from '../wire/fault.js';
import { BrokenBarrierError } from './broken-barrier-error.js';
import { BrokerGoneError } from './broker-gone-error.js';
import { DeadlockError } from './deadlock-error.js';
import { IpcCancelledError } from './ipc-cancelled-error.js';
import { IpcClosedError } from './ipc-closed-error.js';
import { IpcMismatchError } from './ipc-mismatch-error.js';
import { IpcTimeoutError } from './ipc-timeout-error.js';
import { NotHeldError } from './not-held-error.js';
import { NotServedError } from './not-served-error.js';
import { PeerGoneError } from './peer-gone-error.js';
import { RemoteCallError } from './remote-call-error.js';
import { SubscriptionOverflowError } from './subscription-overflow-error.js';

/** What failed. */
export interface FailedCall {
  /** `kind.operation` */
  readonly op: string;
  readonly name: string;
  readonly signal?: AbortSignal | undefined;
  /** Why the connection was lost, where that is known. */
  readonly cause?: Error | undefined;
}

/** The error that a caller gets for a fault. */
export function errorOfFault(fault: Fault, { op, name, signal, cause }: FailedCall): ProcError {
  const what = `${op}("${name}")`;
  switch (fault.code) {
    case 'timeout':
      return new IpcTimeoutError(
        `${what} has not been granted within ${formatDuration(fault.timeoutMs)}.`,
      );
    case 'cancelled':
      return new IpcCancelledError(`${what} was cancelled.`, { cause: signal?.reason });
    case 'broker-gone':
      return new BrokerGoneError(`${what} failed: the hub is gone.`, cause && { cause });
    case 'disconnected':
      return new IpcClosedError(`${what} failed: this connection has been closed.`);
    case 'closed':
      return new IpcClosedError(`${what} failed: it has been ${fault.how}.`);
    case 'invalid':
      return new InvalidArgumentError(fault.message);
    case 'mismatch':
      return new IpcMismatchError(fault.message);
    case 'not-held':
      return new NotHeldError(`${what} failed: this connection does not hold it.`);
    case 'deadlock': {
      const steps = fault.cycle.map(
        ({ waiter, lock, holder }) => `${waiter} waits for ${lock}, held by ${holder}`,
      );
      return new DeadlockError(`${what} would never end: ${steps.join('; ')}.`, fault.cycle);
    }
    case 'broken-barrier':
      return new BrokenBarrierError(`${what} failed: broken (${fault.reason}).`, fault.reason);
    case 'overflow':
      return new SubscriptionOverflowError(`${what} failed: more came than there is room for.`);
    case 'not-served':
      return new NotServedError(`Nobody serves "${name}".`);
    case 'peer-gone':
      return new PeerGoneError(`${what} failed: ${fault.peer}, which ran it, is gone.`, fault.peer);
    case 'remote': {
      const { name: type, message } = fault.error;
      return new RemoteCallError(`${what} failed: ${type}: ${message}`, fault.error);
    }
  }
}
