import type { Clock } from '@proc/core';
import type { HubSession } from './hub-session.js';

const MISSED_BEATS = 3;

/**
 * Asks each session in turn whether it is there. One that computes for long does not answer, and lives: so that is
 * only reported. That one is gone is told by its channel alone.
 */
export class Heartbeat {
  #cancel: (() => void) | undefined;

  /** @param interval - in milliseconds; 0: never */
  constructor(
    private readonly interval: number,
    private readonly clock: Clock,
    private readonly sessions: () => Iterable<HubSession>,
  ) {}

  start(): void {
    if (this.interval === 0 || this.#cancel !== undefined) return;
    const beat = (): void => {
      this.#cancel = this.clock.timer(this.interval, beat, { background: true });
      for (const session of [...this.sessions()]) this.#check(session);
    };
    this.#cancel = this.clock.timer(this.interval, beat, { background: true });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #check(session: HubSession): void {
    // Beats are counted, and not time: in a process that is held up itself, answers wait to be read.
    if (session.unanswered >= MISSED_BEATS) session.markUnresponsive();
    session.ping();
  }
}
