import type { OutputType } from '../contracts/output-callback.js';
import type { OutputTest } from '../contracts/running-process.js';
import type { Capture } from './capture.js';
import { OutputDecoder } from './output-decoder.js';
import { OutputFeed, type OutputPositions } from './output-feed.js';

/** Text before the next match that is remembered, per stream. */
const LONGEST_REST = 1024 * 1024;

/** How a wait for output ended. */
export type WatchOutcome = RegExpMatchArray | 'ended' | 'timedOut';

/**
 * Waits for output again and again: each wait begins where the last match ended, so nothing printed in between is
 * missed (as far as it is kept). Holds the process back only during a wait.
 */
export class OutputWatcher {
  readonly #capture: Capture;
  readonly #decoder: OutputDecoder;
  readonly #positions = { out: 0, err: 0 };
  readonly #shown = { out: 0, err: 0 };
  readonly #rest = { out: '', err: '' };
  #turn: Promise<unknown> = Promise.resolve();

  constructor(capture: Capture, encoding: BufferEncoding) {
    this.#capture = capture;
    this.#decoder = new OutputDecoder(encoding);
  }

  /** How far functions have seen the output. */
  get shown(): OutputPositions {
    return { ...this.#shown };
  }

  /** Several waits at a time are served one after the other. */
  until(test: OutputTest, timeoutMs: number | undefined): Promise<WatchOutcome> {
    const next = this.#turn.then(() => this.#watch(test, timeoutMs));
    this.#turn = next.catch(() => undefined);
    return next;
  }

  async #watch(test: OutputTest, timeoutMs: number | undefined): Promise<WatchOutcome> {
    for (const type of ['out', 'err'] as const) {
      const match = this.#rest[type] === '' ? null : this.#test(test, type, this.#rest[type]);
      if (match !== null) return match;
    }
    const feed = new OutputFeed(this.#capture, ['out', 'err'], this.#positions);
    const deadline = { passed: false };
    const cancel =
      timeoutMs === undefined
        ? undefined
        : this.#capture.clock.timer(timeoutMs, () => {
            deadline.passed = true;
            void feed.return();
          });
    try {
      for await (const { type, bytes, to } of feed) {
        this.#positions[type] = to;
        const text = this.#decoder.decode(type, bytes);
        if (text === '') continue;
        this.#rest[type] = (this.#rest[type] + text).slice(-LONGEST_REST);
        const match = this.#test(test, type, text);
        if (match !== null) return match;
      }
      return deadline.passed ? 'timedOut' : 'ended';
    } finally {
      cancel?.();
    }
  }

  #test(test: OutputTest, type: OutputType, text: string): RegExpMatchArray | null {
    if (typeof test === 'function') {
      // What a function has seen is not shown to the next one.
      this.#rest[type] = '';
      this.#shown[type] = this.#positions[type];
      return test(type, text) ? [text] : null;
    }
    const pattern = typeof test === 'string' ? literal(test) : withoutState(test);
    const match = pattern.exec(this.#rest[type]);
    if (match === null) return null;
    this.#rest[type] = this.#rest[type].slice(match.index + match[0].length);
    return match;
  }
}

function literal(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
}

function withoutState(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
}
