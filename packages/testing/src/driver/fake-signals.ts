import { normalizeSignal } from '@proc/core/internal';
import { freezes, terminates } from './signal-disposition.js';

/** Signals that nobody can handle or ignore. */
const UNAVOIDABLE: ReadonlySet<NodeJS.Signals> = new Set<NodeJS.Signals>(['SIGKILL', 'SIGSTOP']);

/** What signals do to a fake process: they end it, freeze it, or do what it has prepared for them. */
export class FakeSignals {
  readonly #ignored: ReadonlySet<NodeJS.Signals>;
  readonly #die: (signal: NodeJS.Signals) => void;
  readonly #received: NodeJS.Signals[] = [];
  readonly #handlers = new Map<NodeJS.Signals, () => void>();
  /** What has come since it was frozen. */
  readonly #pending = new Set<NodeJS.Signals>();
  #frozen: { readonly until: Promise<void>; readonly thaw: () => void } | undefined;

  /** @param die - called with a signal that ends the process */
  constructor(ignored: ReadonlySet<NodeJS.Signals>, die: (signal: NodeJS.Signals) => void) {
    this.#ignored = ignored;
    this.#die = die;
  }

  /** All that were sent, in order. */
  get received(): readonly NodeJS.Signals[] {
    return [...this.#received];
  }

  ignores(signal: NodeJS.Signals): boolean {
    return this.#ignored.has(signal) && !UNAVOIDABLE.has(signal);
  }

  handle(signal: NodeJS.Signals, handler: () => void): void {
    this.#handlers.set(normalizeSignal(signal), handler);
  }

  get frozen(): boolean {
    return this.#frozen !== undefined;
  }

  /** The process has ended: what it had prepared is no more, for what is left of its group. */
  release(): void {
    this.#handlers.clear();
  }

  /** Resolves at once, or when the process has been continued. */
  async thawed(): Promise<void> {
    while (this.#frozen !== undefined) await this.#frozen.until;
  }

  deliver(signal: NodeJS.Signals): void {
    this.#received.push(signal);
    this.#arrive(signal);
  }

  /** The SIGCONT that comes with the first signal of an ending: nobody has asked for it. */
  continue(): void {
    this.#arrive('SIGCONT');
  }

  #arrive(signal: NodeJS.Signals): void {
    if (signal === 'SIGCONT') this.#thaw();
    if (this.#frozen === undefined || signal === 'SIGKILL') this.#act(signal);
    else this.#pending.add(signal);
  }

  #act(signal: NodeJS.Signals): void {
    const handler = UNAVOIDABLE.has(signal) ? undefined : this.#handlers.get(signal);
    if (handler !== undefined) handler();
    else if (this.ignores(signal)) return;
    else if (freezes(signal)) this.#freeze();
    else if (terminates(signal)) this.#die(signal);
  }

  #freeze(): void {
    let thaw = (): void => undefined;
    const until = new Promise<void>((resolve) => {
      thaw = resolve;
    });
    this.#frozen = { until, thaw };
  }

  #thaw(): void {
    this.#frozen?.thaw();
    this.#frozen = undefined;
    // To go on takes back what was to stop it again (signal(7)).
    const pending = [...this.#pending].filter((signal) => !freezes(signal));
    this.#pending.clear();
    for (const signal of pending) this.#act(signal);
  }
}
