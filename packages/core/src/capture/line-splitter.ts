/** Characters that a line may have until it ends: a program that never ends one must not fill the memory. */
const LONGEST_LINE = 2 ** 27;

/** Splits text that comes in pieces into lines. LF and CRLF end a line, also when split between two pieces. */
export class LineSplitter {
  readonly #longest: number;
  #carry = '';

  /** @param longest - characters that a line may have, about */
  constructor(longest = LONGEST_LINE) {
    this.#longest = longest;
  }

  /**
   * The lines that a piece completes.
   *
   * @throws {RangeError} when a line becomes too long
   */
  push(text: string): string[] {
    if (!text.includes('\n')) {
      this.#carry += text;
      if (this.#carry.length <= this.#longest) return [];
      this.#carry = '';
      throw new RangeError(`a line has more than ${this.#longest} characters`);
    }
    const lines = (this.#carry + text).split('\n');
    this.#carry = lines.pop() ?? '';
    return lines.map(withoutCarriageReturn);
  }

  /** What is left after the last line end; `undefined` when the text ended with one. */
  flush(): string | undefined {
    const rest = this.#carry;
    this.#carry = '';
    return rest === '' ? undefined : rest;
  }
}

/** All lines of a text; a final line end makes no empty line. */
export function splitLines(text: string): string[] {
  const splitter = new LineSplitter(Infinity);
  const lines = splitter.push(text);
  const rest = splitter.flush();
  return rest === undefined ? lines : [...lines, rest];
}

function withoutCarriageReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
