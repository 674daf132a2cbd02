/** Is given what counts of a text: a letter or digit, and from where to where it stands in the text. */
export type BareCharacter = (code: number, start: number, end: number) => void;

/** Escapes that are a letter after a backslash: of JSON, C and shells. */
const ESCAPED_BY_LETTER = 'abeEfnrtv';
/** Letters after a backslash that are followed by hexadecimal digits, and how many. */
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const OCTAL_DIGITS = 3;
/** How many backslashes are remembered: each level of nesting doubles them. */
const MOST_BACKSLASHES = 64;
/** The longest name of an HTML entity that is taken for one, with its `#`. */
const LONGEST_ENTITY = 10;

/** What an escape has said so far. */
interface Escape {
  readonly kind: 'backslash' | 'hex' | 'octal' | 'entity';
  /** Where it began. */
  start: number;
  /** What may turn out to be no part of it, after its first character. */
  text: string;
  readonly digits: number;
}

/**
 * Reads a text for its bare content: the letters and digits of ASCII. Escapes are undone (`%41`, `\x41`, `\101`,
 * `\u0041`, `&#65;`), also within one another, and everything else is left out, however it is written. So a value and
 * what any encoder has made of it read the same: URLs, JSON, shells and HTML differ in what they escape, and how.
 */
export class BareReader {
  readonly #emit: BareCharacter;
  #escape: Escape | undefined;
  #lastMark = -1;

  constructor(emit: BareCharacter) {
    this.#emit = emit;
  }

  /** Where an escape that has not ended begins. */
  get pendingFrom(): number | undefined {
    return this.#escape?.start;
  }

  /** Where a character stands that may be the sign of an encoding: the last one. */
  get lastMark(): number {
    return this.#lastMark;
  }

  /** Takes the next character. */
  read(code: number, position: number): void {
    if (this.#escape !== undefined) this.#continue(this.#escape, code, position);
    else this.#readPlain(code, position, position);
  }

  /** No more will come. */
  end(position: number): void {
    if (this.#escape !== undefined) this.#giveUp(this.#escape, position);
  }

  #readPlain(code: number, start: number, position: number): void {
    if (isBare(code)) {
      this.#emit(code, start, position + 1);
      return;
    }
    const character = String.fromCharCode(code);
    if (isMark(character)) this.#lastMark = position;
    if (character === '\\') this.#begin('backslash', start);
    else if (character === '%') this.#begin('hex', start, 2);
    else if (character === '&') this.#begin('entity', start);
  }

  #begin(kind: Escape['kind'], start: number, digits = 0, text = ''): void {
    this.#escape = { kind, start, text, digits };
  }

  #continue(escape: Escape, code: number, position: number): void {
    const character = String.fromCharCode(code);
    switch (escape.kind) {
      case 'backslash':
        this.#afterBackslash(escape, character, position);
        return;
      case 'entity':
        if (character === ';') this.#decoded(entityCode(escape.text), escape, position);
        else if (!/[\w#]/.test(character) || escape.text.length >= LONGEST_ENTITY) {
          this.#giveUp(escape, position, code);
        } else escape.text += character;
        return;
      default:
        this.#digit(escape, character, position);
    }
  }

  #afterBackslash(escape: Escape, character: string, position: number): void {
    if (character === '\\') {
      escape.start = Math.max(escape.start, position - MOST_BACKSLASHES);
      return;
    }
    const digits = Object.hasOwn(HEX_DIGITS, character) ? HEX_DIGITS[character] : undefined;
    if (digits !== undefined) this.#begin('hex', escape.start, digits, character);
    else if (/[0-7]/.test(character)) this.#begin('octal', escape.start, OCTAL_DIGITS, character);
    else if (ESCAPED_BY_LETTER.includes(character)) this.#escape = undefined;
    else this.#giveUp(escape, position, character.charCodeAt(0));
  }

  #digit(escape: Escape, character: string, position: number): void {
    const { kind, digits } = escape;
    const octal = kind === 'octal';
    if (!(octal ? /[0-7]/ : /[\da-f]/i).test(character)) {
      this.#giveUp(escape, position, character.charCodeAt(0));
      return;
    }
    escape.text += character;
    const number = escape.text.replace(/^[xuU]/, '');
    if (number.length === digits) this.#decoded(parseInt(number, octal ? 8 : 16), escape, position);
  }

  /** What was escaped is read in turn: it may begin another escape. */
  #decoded(code: number, { start }: Escape, position: number): void {
    this.#escape = undefined;
    this.#readPlain(code, start, position);
  }

  /** It was none: what came after its first character counts by itself, and so does the character that showed it. */
  #giveUp(escape: Escape, position: number, code?: number): void {
    this.#escape = undefined;
    const { kind, text } = escape;
    const from = position - text.length;
    if (kind !== 'octal') {
      for (let index = 0; index < text.length; index++) {
        this.#readPlain(text.charCodeAt(index), from + index, from + index);
      }
    }
    if (code !== undefined) this.read(code, position);
  }
}

/** The bare content of a text. */
export function bareText(text: string): string {
  const codes: number[] = [];
  const reader = new BareReader((code) => codes.push(code));
  for (let index = 0; index < text.length; index++) reader.read(text.charCodeAt(index), index);
  reader.end(text.length);
  return codes.reduce((bare, code) => bare + String.fromCharCode(code), '');
}

function isBare(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39)
  );
}

/** What stands in a text because something has been escaped or quoted. */
function isMark(character: string): boolean {
  return `\\%&'"^+`.includes(character);
}

/** The character of an HTML entity; of a named one nothing matters but that it is no letter of ASCII. */
function entityCode(name: string): number {
  const digits = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name);
  if (name === 'amp') return 0x26;
  if (digits === null) return 0x20;
  return parseInt(digits[1] ?? digits[2] ?? '', digits[1] === undefined ? 10 : 16);
}
