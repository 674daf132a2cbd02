/** Characters of a line that has not ended: more of them are passed on as they are. */
const LONGEST = 256 * 1024;

/** Holds back the part of a text that comes in pieces which is no whole line yet. */
export class LineBuffer {
  #rest = '';

  /**
   * The lines that a piece completes, with their ends. Also a carriage return ends one: so do programs that draw
   * their progress. A line that grows too long comes in parts.
   */
  push(piece: string): string {
    const known = this.#rest.length;
    const text = this.#rest + piece;
    const end = this.#endOfLines(piece, known);
    const cut = text.length - end > LONGEST ? text.length : end;
    this.#rest = text.slice(cut);
    return text.slice(0, cut);
  }

  /** What is left of a line that has not ended. */
  flush(): string {
    const rest = this.#rest;
    this.#rest = '';
    return rest;
  }

  /** Where the last line ends. A carriage return at the very end may belong to a line end that is still to come. */
  #endOfLines(piece: string, known: number): number {
    const end = piece.lastIndexOf('\n') + 1;
    const returned = piece.length < 2 ? 0 : piece.lastIndexOf('\r', piece.length - 2) + 1;
    const inPiece = Math.max(end, returned);
    if (inPiece > 0) return known + inPiece;
    return piece !== '' && this.#rest.endsWith('\r') ? known : 0;
  }
}
