import type { PhraseFinder } from './phrase-finder.js';

/** The longest beginning of a secret that is left standing where a text has been cut off. */
const HARMLESS = 2;

/** Where a text was cut out of a longer one: a secret may lie across the cut. */
export interface TextCut {
  readonly start: boolean;
  readonly end: boolean;
}

const WHOLE: TextCut = { start: false, end: false };

/** A text with everything that was found replaced. Behind a cut at the start, what may be the rest of a secret goes. */
export function redactText(text: string, finder: PhraseFinder, cut: TextCut = WHOLE): string {
  const from = cut.start ? Math.min(Math.max(0, finder.longest - 1), text.length) : 0;
  const { done, rest } = replacePhrases(text, finder, { complete: !cut.end, from });
  return rest.length > HARMLESS ? `${done}[secret]` : done + rest;
}

/** Replaces what is found in a text that comes in pieces; the outcome does not depend on where it is split. */
export class TextRedactor {
  readonly #finder: PhraseFinder;
  #rest = '';

  constructor(finder: PhraseFinder) {
    this.#finder = finder;
  }

  /** What is certain by now; the rest waits for what comes next. */
  push(text: string): string {
    const { done, rest } = replacePhrases(this.#rest + text, this.#finder, {
      complete: false,
      from: 0,
    });
    this.#rest = rest;
    return done;
  }

  /** What is left when no more text comes. */
  flush(): string {
    const { done } = replacePhrases(this.#rest, this.#finder, { complete: true, from: 0 });
    this.#rest = '';
    return done;
  }
}

interface Replaced {
  readonly done: string;
  /** What could be the beginning of a phrase. */
  readonly rest: string;
}

/** @param options - `from`: characters before it are looked at, and left out */
function replacePhrases(
  text: string,
  finder: PhraseFinder,
  options: { readonly complete: boolean; readonly from: number },
): Replaced {
  const { complete, from } = options;
  const pieces: string[] = [];
  let plainFrom = from;
  let position = 0;
  while (position < text.length) {
    const found = finder.at(text, position, complete);
    if (found === 'open') break;
    if (found === undefined) {
      position++;
      continue;
    }
    if (found.end > from) pieces.push(text.slice(plainFrom, position), found.mark);
    position = found.end;
    plainFrom = Math.max(from, position);
  }
  pieces.push(text.slice(plainFrom, position));
  return { done: pieces.join(''), rest: text.slice(Math.max(plainFrom, position)) };
}
