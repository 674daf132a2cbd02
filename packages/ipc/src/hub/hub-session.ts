import type { Clock } from '@proc/core';
import type { FramePort } from '../contracts/frame-port.js';
import type { IpcSessionStats, SessionState } from '../contracts/ipc-stats.js';
import type { Session } from '../contracts/session.js';
import {
  IpcSessionClosed,
  IpcSessionOpened,
  IpcSessionResponsive,
  IpcSessionUnresponsive,
  type SessionIdentity,
} from '../events/ipc-events.js';
import {
  isFrame,
  type ClientFrame,
  type HubFrame,
  type RequestFrame,
  type ReturnFrame,
} from '../wire/frames.js';
import { HubCall } from './hub-call.js';
import type { HubReporter } from './hub-reporter.js';

/** What a session needs of its hub. */
export interface SessionHost {
  readonly clock: Clock;
  readonly reporter: HubReporter;
  perform(call: HubCall): void;
  /** After a call has settled. */
  settled(call: HubCall): void;
  changed(session: HubSession): void;
}

/** The hub's end of a connection. What belongs to it is given back the moment the connection is lost. */
export class HubSession implements Session {
  readonly closed: Promise<void>;
  name: string;
  progress: unknown;
  #pid: number | undefined;
  #state: SessionState = 'alive';
  #lastSeen: number;
  #markClosed!: () => void;
  #lastCall = 0;
  #unanswered = 0;
  readonly #calls = new Map<number, HubCall>();
  readonly #served = new Map<number, (outcome: ReturnFrame) => void>();
  readonly #losses = new Set<() => void>();

  constructor(
    readonly id: string,
    private readonly port: FramePort,
    private readonly host: SessionHost,
    name: string | undefined,
  ) {
    this.name = name ?? id;
    this.#lastSeen = host.clock.now();
    this.closed = new Promise((resolve) => {
      this.#markClosed = resolve;
    });
    port.onFrame((frame) => {
      if (this.#state !== 'gone' && isFrame(frame)) this.#receive(frame as ClientFrame);
    });
    port.onClose((reason) => {
      this.#end(reason);
    });
  }

  get identity(): SessionIdentity {
    return { id: this.id, name: this.name, pid: this.#pid };
  }

  get state(): SessionState {
    return this.#state;
  }

  close(): void {
    this.port.close();
    this.#end();
  }

  /** Calls `release` when the session is lost. @returns a function that prevents it */
  onLoss(release: () => void): () => void {
    // A wrapper, so that the same function may be given twice.
    const entry = (): void => {
      release();
    };
    this.#losses.add(entry);
    return () => {
      this.#losses.delete(entry);
    };
  }

  /**
   * Has the client run a function that it serves.
   *
   * @returns a function that tells the client that nobody waits any more; it still says when it has done
   * @throws what the channel throws when it can not carry the arguments
   */
  invoke(
    name: string,
    args: readonly unknown[],
    from: string,
    done: (outcome: ReturnFrame) => void,
  ): () => void {
    const id = ++this.#lastCall;
    this.#send({ k: 'call', id, name, a: args, from });
    this.#served.set(id, done);
    return () => {
      if (this.#served.has(id)) this.#send({ k: 'drop', id });
    };
  }

  /** How often it has been asked in vain whether anybody is there. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** Asks whether anybody is there. */
  ping(): void {
    this.#unanswered++;
    this.#send({ k: 'ping' });
  }

  /** Nothing has come from it for too long. */
  markUnresponsive(): void {
    if (this.#state !== 'alive') return;
    this.#state = 'unresponsive';
    this.host.changed(this);
    this.host.reporter.tell(IpcSessionUnresponsive, this.identity);
  }

  describe(): IpcSessionStats {
    const { id, name, state, progress } = this;
    return { id, name, pid: this.#pid, state, lastSeen: this.#lastSeen, progress };
  }

  #receive(frame: ClientFrame): void {
    this.#lastSeen = this.host.clock.now();
    this.#unanswered = 0;
    if (this.#state === 'unresponsive') {
      this.#state = 'alive';
      this.host.changed(this);
      this.host.reporter.tell(IpcSessionResponsive, this.identity);
    }
    switch (frame.k) {
      case 'req':
        // Somebody else's, as what is no frame.
        if (typeof frame.op === 'string') this.#begin(frame);
        break;
      case 'cancel':
        this.#calls.get(frame.id)?.giveUp({ code: 'cancelled' });
        break;
      case 'ret': {
        const done = this.#served.get(frame.id);
        this.#served.delete(frame.id);
        done?.(frame);
        break;
      }
      case 'hello':
        this.#introduce(frame.pid, frame.name);
        break;
      case 'pong':
        this.progress = frame.progress;
    }
  }

  #introduce(pid: number, name = this.name): void {
    const isKnown = this.#pid !== undefined;
    this.#pid = pid;
    this.name = name;
    if (!isKnown) this.host.reporter.tell(IpcSessionOpened, this.identity);
  }

  #begin(request: RequestFrame): void {
    const { id } = request;
    const call = new HubCall(this, request, this.host.clock, (outcome, smaller) => {
      this.#calls.delete(id);
      const sent = this.#answer({ k: 'ret', id, ...outcome }, smaller);
      this.host.settled(call);
      return sent;
    });
    this.#calls.set(id, call);
    this.host.perform(call);
  }

  #answer(frame: ReturnFrame, smaller: () => Partial<ReturnFrame> | undefined): boolean {
    if (this.#state === 'gone') return false;
    try {
      this.#send(frame);
      return true;
    } catch (error) {
      const less = smaller();
      if (less !== undefined) return this.#answer({ ...frame, ...less }, smaller);
      // It came over a channel that can carry more than this one.
      const message = `The outcome can not be sent: ${(error as Error).message}`;
      this.#send({ k: 'ret', id: frame.id, e: { code: 'invalid', message } });
      return false;
    }
  }

  #send(frame: HubFrame): void {
    if (this.#state !== 'gone') this.port.send(frame);
  }

  #end(reason?: Error): void {
    if (this.#state === 'gone') return;
    this.#state = 'gone';
    // Its own waiters leave first: none of them may get what is about to be released.
    for (const call of [...this.#calls.values()]) call.giveUp({ code: 'disconnected' });
    this.#served.clear();
    // The last first: items that are given back to the front of a queue come into their order again.
    const releases = [...this.#losses].reverse();
    for (const release of releases) release();
    this.#losses.clear();
    this.host.changed(this);
    // Who has not introduced himself was never there.
    if (this.#pid !== undefined) {
      this.host.reporter.tell(IpcSessionClosed, this.identity, releases.length, reason);
    }
    this.#markClosed();
  }
}
