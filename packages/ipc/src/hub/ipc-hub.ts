import { InvalidArgumentError, type Clock, type Duration, type EventDispatcher } from '@proc/core';
import { parseDuration, showValue, systemClock, uniqueId } from '@proc/core/internal';
import { requireKnown } from '../client/require-known.js';
import type { ConnectOptions } from '../contracts/connect-options.js';
import type { FramePort } from '../contracts/frame-port.js';
import type { IpcBroker } from '../contracts/ipc-broker.js';
import type { IpcStats } from '../contracts/ipc-stats.js';
import type { Session } from '../contracts/session.js';
import { requirePort } from '../transports/require-port.js';
import { FaultSignal } from './fault-signal.js';
import { Heartbeat } from './heartbeat.js';
import type { HubCall } from './hub-call.js';
import { HubReporter } from './hub-reporter.js';
import { HubSession, type SessionHost } from './hub-session.js';
import { Registry } from './registry.js';

/** How a hub is made. */
export interface IpcHubOptions {
  /**
   * How often each session is asked whether it is there; default: 5 seconds, 0: never. A session that has not answered
   * for three such times is reported as unresponsive; it keeps what it holds.
   */
  readonly heartbeat?: Duration | undefined;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
  /** Hears of each session that begins, stops answering, answers again, or ends. What it throws goes nowhere. */
  readonly onSession?: ((session: Session) => void) | undefined;
  /** Hears of sessions and of what goes wrong: see {@link IpcHubEvent}. Asked anew each time. Default: nobody. */
  readonly events?: (() => EventDispatcher | undefined) | undefined;
}

/**
 * Owns the state of every queue, lock and so on, in the memory of one process. Everybody else, this process included,
 * is connected to it by a session.
 *
 * @example
 * ```ts
 * const hub = new IpcHub();
 * const session = hub.connect(processPort(child));
 * await session.closed;
 * ```
 */
export class IpcHub implements IpcBroker, AsyncDisposable {
  readonly #id = uniqueId();
  readonly #sessions = new Set<HubSession>();
  readonly #registry: Registry;
  readonly #clock: Clock;
  readonly #heartbeat: Heartbeat;
  readonly #onSession: ((session: Session) => void) | undefined;
  readonly #reporter: HubReporter;
  #count = 0;
  #closed = false;

  /** @throws {@link InvalidArgumentError} for a bad duration, and for unknown options */
  constructor(options: IpcHubOptions = {}) {
    requireKnown('a hub', options, ['heartbeat', 'clock', 'onSession', 'events']);
    const { heartbeat = '5s', clock = systemClock, onSession, events } = options;
    this.#clock = clock;
    this.#onSession = onSession;
    this.#reporter = new HubReporter(events ?? (() => undefined));
    this.#registry = new Registry(clock, this.#reporter);
    const interval = parseDuration(heartbeat, 'heartbeat');
    this.#heartbeat = new Heartbeat(interval, clock, () => this.#sessions);
  }

  /**
   * Begins a session over a channel; the other end of it is given to {@link connectIpc}. After {@link close} the port
   * is closed at once.
   *
   * @throws {@link InvalidArgumentError} for what is no port, and for unknown options
   */
  connect(port: FramePort, options: ConnectOptions = {}): Session {
    requirePort(port);
    requireKnown('connect()', options, ['name']);
    const { name } = options;
    const host: SessionHost = {
      clock: this.#clock,
      reporter: this.#reporter,
      perform: (call: HubCall) => {
        this.#perform(call);
      },
      settled: (call: HubCall) => {
        this.#registry.tidy(call.request);
      },
      changed: (session: HubSession) => {
        this.#changed(session);
      },
    };
    const session = new HubSession(`${this.#id}.${++this.#count}`, port, host, name);
    if (this.#closed) session.close();
    if (session.state === 'gone') return session;
    this.#sessions.add(session);
    this.#heartbeat.start();
    this.#changed(session);
    return session;
  }

  /** The sessions that live, in the order in which they began. */
  get sessions(): readonly Session[] {
    return [...this.#sessions];
  }

  /** Whether it has been closed, and takes nobody any more. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** The largest fencing token that has been given so far; 0: none has. */
  get lastToken(): number {
    return this.#registry.lastToken;
  }

  /**
   * Has every further token be larger than a number: what a hub needs that takes the place of one that is gone. Never
   * makes them smaller.
   *
   * @throws {@link InvalidArgumentError} for what is no whole number of at least 0
   */
  raiseTokens(above: number): void {
    if (!Number.isSafeInteger(above) || above < 0) {
      throw new InvalidArgumentError(
        `A token is a whole number of at least 0, not ${showValue(above)}.`,
      );
    }
    this.#registry.raiseTokens(above);
  }

  /** Everything that is held and waited for. */
  stats(): IpcStats {
    return {
      sessions: [...this.#sessions].map((session) => session.describe()),
      primitives: this.#registry.describe(),
    };
  }

  /** Ends all sessions: whoever waits gets a {@link BrokerGoneError}. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const session of [...this.#sessions]) session.close();
    this.#heartbeat.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #perform(call: HubCall): void {
    try {
      if (call.request.op === 'hub.stats') call.resolve(this.stats());
      else this.#registry.perform(call);
    } catch (error) {
      // Arguments that no client of ours sends are the affair of who has sent them; the hub goes on for all others.
      const message = `The hub can not do that: ${String(error)}`;
      call.reject(error instanceof FaultSignal ? error.fault : { code: 'invalid', message });
    }
  }

  #changed(session: HubSession): void {
    if (session.state === 'gone') this.#sessions.delete(session);
    if (this.#sessions.size === 0) this.#heartbeat.stop();
    try {
      this.#onSession?.(session);
    } catch {
      // A listener's mistake must not keep a session from ending.
    }
  }
}
