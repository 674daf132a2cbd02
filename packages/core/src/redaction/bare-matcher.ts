import { BareReader } from './bare-reader.js';
import { NOWHERE, type PhraseAutomaton } from './phrase-automaton.js';
import type { BareKind } from './secret-forms.js';

/** What may stand between two characters of an encoded value: what it has in between, the end of a line, quotes. */
const WIDEST_GAP = 256;
/** An encoding that is shorter is only believed in one piece: digits of it may stand in any table. */
const SHORTEST_IN_PIECES = 12;

/** So many characters before the end of a line are not held back, nor replaced: a log would always lag behind. */
const HARMLESS = 2;
const LINE_END = 0x0a;

/** What a bare form stands for. */
export interface BareTag {
  readonly mark: string;
  readonly kind: BareKind;
}

/** Is told of a stretch of the text that is to be replaced. */
export type StretchListener = (start: number, end: number, mark: string) => void;

/** Looks for bare forms in a text. */
export class BareMatcher {
  readonly #phrases: PhraseAutomaton<BareTag>;
  readonly #onFound: StretchListener;
  readonly #reader: BareReader;
  #state = NOWHERE;
  /** Where the characters begin of which the state is made, and some before them. */
  #starts: number[] = [];
  /** Where the last of them ends. */
  #end = 0;
  /** Begin of the line before which nothing of them matters. */
  #lineStart = 0;

  constructor(phrases: PhraseAutomaton<BareTag>, onFound: StretchListener) {
    this.#phrases = phrases;
    this.#onFound = onFound;
    this.#reader = new BareReader((code, start, end) => {
      this.#take(code, start, end);
    });
  }

  read(code: number, position: number): void {
    this.#reader.read(code, position);
    if (position - this.#end > WIDEST_GAP) this.#state = NOWHERE;
    if (code === LINE_END && this.depth <= HARMLESS) this.#lineStart = position + 1;
  }

  end(position: number): void {
    this.#reader.end(position);
  }

  /** Characters of a phrase that may have begun. */
  get depth(): number {
    return this.#phrases.depth(this.#state);
  }

  /** From where on the text may belong to a phrase that has not ended; `undefined` when none may have begun. */
  get openFrom(): number | undefined {
    if (this.#state === NOWHERE) return this.#reader.pendingFrom;
    return Math.max(this.#starts.at(-this.depth) ?? 0, this.#lineStart);
  }

  #take(code: number, start: number, end: number): void {
    this.#end = end;
    this.#state = this.#phrases.next(this.#state, code);
    if (this.#state === NOWHERE) {
      this.#starts.length = 0;
      return;
    }
    this.#starts.push(start);
    this.#report(end);
    // Cut seldom, so that it costs nothing on the whole.
    const depth = this.depth;
    if (this.#starts.length > 2 * depth + 1024) this.#starts = this.#starts.slice(-depth);
  }

  #report(end: number): void {
    const found = this.#phrases.found(this.#state);
    const start = found && this.#starts.at(-found.length);
    if (found === undefined || start === undefined) return;
    const { mark, kind } = found.tag;
    const isBelieved =
      kind === 'escaped'
        ? this.#reader.lastMark >= start
        : found.length >= SHORTEST_IN_PIECES || end - start === kind.width;
    if (isBelieved) this.#onFound(Math.max(start, this.#lineStart), end, mark);
  }
}
