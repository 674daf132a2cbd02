import type { Clock } from '@proc/core';
import type { IpcWaiter } from '../contracts/ipc-stats.js';
import type { Fault } from '../wire/fault.js';
import type { RequestFrame } from '../wire/frames.js';
import type { HubSession } from './hub-session.js';

type Outcome = { readonly v?: unknown } | { readonly e: Fault };

/** How a call settles: it tells whether its outcome could be sent, or else a smaller one, as long as there is one. */
type Reply = (outcome: Outcome, smaller: () => Outcome | undefined) => boolean;

/** An operation that a session has asked for, as the hub sees it. It settles once. */
export class HubCall {
  readonly since: number;
  #leave: ((fault: Fault) => void) | undefined;
  #cancelTimer: (() => void) | undefined;
  #settled = false;

  constructor(
    readonly session: HubSession,
    readonly request: RequestFrame,
    private readonly clock: Clock,
    private readonly reply: Reply,
  ) {
    this.since = clock.now();
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** @returns whether it reached the session's channel; one that the channel can not carry is an error there */
  resolve(value?: unknown): boolean {
    return this.#settle(value === undefined ? {} : { v: value });
  }

  /**
   * The same for a value that can be made smaller.
   *
   * @param smaller - the value to be sent where the channel can not carry the one before; `undefined`: there is none
   */
  resolveWithWhatFits(value: unknown, smaller: () => unknown): boolean {
    return this.#settle({ v: value }, () => {
      const less = smaller();
      return less === undefined ? undefined : { v: less };
    });
  }

  reject(fault: Fault): void {
    this.#settle({ e: fault });
  }

  /**
   * Has the call wait: until it is settled, or given up because its time has passed, it was cancelled, or its session
   * is gone. Then `leave` takes it out of the line, and it is rejected. Parked again, it has the time that is left.
   */
  park(leave: (fault: Fault) => void): void {
    const { t } = this.request;
    this.#leave = leave;
    if (t === undefined || this.#cancelTimer !== undefined) return;
    const timedOut: Fault = { code: 'timeout', timeoutMs: t };
    if (t === 0) this.giveUp(timedOut);
    else {
      this.#cancelTimer = this.clock.timer(t, () => {
        this.giveUp(timedOut);
      });
    }
  }

  giveUp(fault: Fault): void {
    if (this.#settled) return;
    const leave = this.#leave;
    this.#leave = undefined;
    leave?.(fault);
    this.reject(fault);
  }

  describe(): IpcWaiter {
    const { id, name } = this.session;
    return { session: id, sessionName: name, operation: this.request.op, since: this.since };
  }

  #settle(outcome: Outcome, smaller = (): Outcome | undefined => undefined): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#cancelTimer?.();
    return this.reply(outcome, smaller);
  }
}
