import type { Clock } from '@proc/core';
import type { IpcHolder, IpcWaiter } from '../contracts/ipc-stats.js';
import type { HubCall } from './hub-call.js';
import type { HubReporter } from './hub-reporter.js';
import type { WaitGraph } from './wait-graph.js';

/** What a primitive is asked to be made with. */
export type PrimitiveOptions = Readonly<Record<string, unknown>>;

/** The state of a primitive. It belongs to the hub, which does one thing at a time: every operation is atomic. */
export interface Primitive {
  /** Nothing is in it that the next use of its name would not make again, so that the hub may forget it. */
  readonly idle: boolean;
  describe(): PrimitiveDescription;
}

/** What statistics say of a primitive. */
export interface PrimitiveDescription {
  readonly holders?: readonly IpcHolder[] | undefined;
  readonly waiters?: readonly IpcWaiter[] | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** What primitives share. */
export interface HubContext {
  readonly clock: Clock;
  readonly waits: WaitGraph;
  /** A number larger than any that was given before. */
  nextToken(): number;
  /** Another primitive, made if there is none. */
  open(kind: string, name: string): Primitive;
  /** Tells those who listen. */
  readonly tell: HubReporter['tell'];
}

/** Does an operation: settles the call, or parks it. @throws {@link FaultSignal} to reject it */
export type Operation<State> = (state: State, call: HubCall, args: readonly unknown[]) => void;

/** A kind of primitives. */
export interface PrimitiveKind<State extends Primitive> {
  create(name: string, options: PrimitiveOptions, context: HubContext): State;
  /** The options that must be the same for everybody who gives them, in words for a message. */
  readonly fixed: Readonly<Record<string, (state: State) => unknown>>;
  readonly operations: Readonly<Record<string, Operation<State>>>;
}
