import type { Fault } from './fault.js';

/** A client introduces itself. */
interface HelloFrame {
  readonly k: 'hello';
  readonly name?: string | undefined;
  readonly pid: number;
}

/** A client asks for an operation. */
export interface RequestFrame {
  readonly k: 'req';
  readonly id: number;
  /** `kind.operation` */
  readonly op: string;
  readonly name: string;
  /** What the primitive is made with. */
  readonly o?: Readonly<Record<string, unknown>> | undefined;
  readonly a?: readonly unknown[] | undefined;
  /** Milliseconds that it may wait. */
  readonly t?: number | undefined;
}

/** A client gives an operation up. */
interface CancelFrame {
  readonly k: 'cancel';
  readonly id: number;
}

/** The outcome of an operation, or (from a client) of a call that it serves. */
export interface ReturnFrame {
  readonly k: 'ret';
  readonly id: number;
  readonly v?: unknown;
  readonly e?: Fault | undefined;
}

/** The hub has a client run a function that it serves. */
export interface CallFrame {
  readonly k: 'call';
  readonly id: number;
  readonly name: string;
  readonly a: readonly unknown[];
  /** Who calls. */
  readonly from: string;
}

/** The hub no longer waits for a call. */
interface DropFrame {
  readonly k: 'drop';
  readonly id: number;
}

/** The hub asks whether anybody is there. */
interface PingFrame {
  readonly k: 'ping';
}

/** Somebody is, and has come so far. */
export interface PongFrame {
  readonly k: 'pong';
  readonly progress?: unknown;
}

export type ClientFrame = HelloFrame | RequestFrame | CancelFrame | ReturnFrame | PongFrame;
export type HubFrame = ReturnFrame | CallFrame | DropFrame | PingFrame;

/** Whether it looks like a frame: everything else on a channel belongs to somebody else. */
export function isFrame(value: unknown): value is ClientFrame | HubFrame {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { readonly k?: unknown }).k === 'string'
  );
}
