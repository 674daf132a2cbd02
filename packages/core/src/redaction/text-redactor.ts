import { BareMatcher, type BareTag } from './bare-matcher.js';
import { NOWHERE, type PhraseAutomaton } from './phrase-automaton.js';

/** The longest beginning of a secret that is left standing where a text has been cut off. */
const HARMLESS = 2;

/** What is looked for. */
export interface Phrases {
  /** Character by character; the tag is what takes the place of the phrase. */
  readonly plain: PhraseAutomaton<string>;
  readonly bare: PhraseAutomaton<BareTag>;
}

/** Where a text was cut out of a longer one: a secret may lie across the cut. */
export interface TextCut {
  readonly start: boolean;
  readonly end: boolean;
}

const WHOLE: TextCut = { start: false, end: false };

/** A text with everything that was found replaced. Behind a cut at the start, what may be the rest of a secret goes. */
export function redactText(text: string, phrases: Phrases, cut: TextCut = WHOLE): string {
  const longest = Math.max(phrases.plain.longest, phrases.bare.longest);
  const redactor = new TextRedactor(phrases, cut.start ? longest - 1 : 0);
  const certain = redactor.push(text);
  return certain + (cut.end ? redactor.cutOff() : redactor.flush());
}

/** A stretch that phrases cover, which overlap one another. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  /** That of the longest phrase which begins where the stretch does. */
  readonly mark: string;
  readonly length: number;
}

/**
 * Replaces what is found in a text that comes in pieces; the outcome does not depend on where it is split. Holds back
 * no more than what may be the beginning of a phrase. Positions count from the first character of all.
 */
export class TextRedactor {
  readonly #phrases: Phrases;
  readonly #bare: BareMatcher;
  /** Nothing before this position is shown. */
  readonly #from: number;
  #state = NOWHERE;
  /** What has been read and not been given out, and where it begins. */
  #text = '';
  #start = 0;
  #end = 0;
  /** In their order; what they cover may be forgotten already. */
  #found: Stretch[] = [];

  /**
   * @internal
   * @param from - characters that are looked at, and left out
   */
  constructor(phrases: Phrases, from = 0) {
    this.#phrases = phrases;
    this.#from = from;
    this.#bare = new BareMatcher(phrases.bare, (start, end, mark) => {
      this.#add({ start, end, mark, length: end - start });
    });
  }

  /** What is certain by now; the rest waits for what comes next. */
  push(text: string): string {
    const { plain } = this.#phrases;
    // As in most runs there is nothing to be found. What becomes known later is found from then on.
    if (plain.longest === 0 && this.#text === '') return this.#pass(text);
    this.#text += text;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      const position = this.#end++;
      this.#state = plain.next(this.#state, code);
      if (this.#state !== NOWHERE) this.#report();
      this.#bare.read(code, position);
    }
    return this.#giveOut(this.#openFrom);
  }

  /** What is left when no more text comes. */
  flush(): string {
    this.#bare.end(this.#end);
    this.#state = NOWHERE;
    return this.#giveOut(this.#end);
  }

  /** What is left where the text was cut off: what may be the beginning of a secret is none to be shown. */
  cutOff(): string {
    const depth = Math.max(this.#phrases.plain.depth(this.#state), this.#bare.depth);
    if (depth > HARMLESS) {
      this.#add({ start: this.#openFrom, end: this.#end, mark: '[secret]', length: 0 });
    }
    return this.flush();
  }

  #pass(text: string): string {
    this.#end += text.length;
    this.#start = this.#end;
    return text;
  }

  get #openFrom(): number {
    const plainFrom = this.#end - this.#phrases.plain.depth(this.#state);
    return Math.min(plainFrom, this.#bare.openFrom ?? this.#end);
  }

  #report(): void {
    const found = this.#phrases.plain.found(this.#state);
    if (found === undefined) return;
    const { length, tag: mark } = found;
    this.#add({ start: this.#end - length, end: this.#end, mark, length });
  }

  /** It ends after all that have been found before, or with them. */
  #add(added: Stretch): void {
    let whole = added;
    for (let last = this.#found.at(-1); last && last.end > whole.start; last = this.#found.at(-1)) {
      this.#found.pop();
      const isFirst =
        last.start < whole.start || (last.start === whole.start && last.length > whole.length);
      const { start, mark, length } = isFirst ? last : whole;
      whole = { start, end: Math.max(last.end, whole.end), mark, length };
    }
    this.#found.push(whole);
  }

  /** Gives out what lies before a position at which, at the earliest, something may yet be found. */
  #giveOut(position: number): string {
    const pieces: string[] = [];
    let reached = this.#start;
    let next = this.#found[0];
    for (; next !== undefined && next.end <= position; next = this.#found[0]) {
      this.#found.shift();
      pieces.push(this.#shown(reached, next.start));
      if (next.end > this.#from) pieces.push(next.mark);
      reached = Math.max(reached, next.end);
    }
    const plainTo = Math.min(position, next?.start ?? position);
    pieces.push(this.#shown(reached, plainTo));
    // What a stretch covers that has not ended is not needed any more.
    const keepFrom = Math.max(reached, next === undefined ? plainTo : position);
    this.#text = this.#text.slice(keepFrom - this.#start);
    this.#start = keepFrom;
    return pieces.join('');
  }

  #shown(from: number, to: number): string {
    const first = Math.max(from, this.#from);
    return first < to ? this.#text.slice(first - this.#start, to - this.#start) : '';
  }
}
