/** A node of the tree of phrases: the characters that may follow, and what a phrase that ends here is replaced by. */
interface Node {
  readonly next: Map<number, Node>;
  mark: string | undefined;
}

/** A stretch of text that phrases cover. */
export interface Finding {
  readonly end: number;
  readonly mark: string;
}

/** Finds phrases in text that may still go on. */
export class PhraseFinder {
  readonly #root: Node = { next: new Map(), mark: undefined };
  #longest = 0;

  /** Length of the longest phrase. */
  get longest(): number {
    return this.#longest;
  }

  add(phrase: string, mark: string): void {
    let node = this.#root;
    for (let index = 0; index < phrase.length; index++) {
      const code = phrase.charCodeAt(index);
      let next = node.next.get(code);
      if (next === undefined) {
        next = { next: new Map(), mark: undefined };
        node.next.set(code, next);
      }
      node = next;
    }
    node.mark ??= mark;
    this.#longest = Math.max(this.#longest, phrase.length);
  }

  /**
   * The stretch that begins at a position, with all phrases that overlap it. `'open'`: more text could begin or
   * lengthen one. `undefined`: there is none.
   *
   * @param complete - no more text will come
   */
  at(text: string, start: number, complete: boolean): Finding | 'open' | undefined {
    const first = this.#longestAt(text, start, complete);
    if (first === undefined || first === 'open') return first;
    let { end } = first;
    for (let position = start + 1; position < end; position++) {
      const overlap = this.#longestAt(text, position, complete);
      if (overlap === 'open') return 'open';
      if (overlap !== undefined) end = Math.max(end, overlap.end);
    }
    return { end, mark: first.mark };
  }

  #longestAt(text: string, start: number, complete: boolean): Finding | 'open' | undefined {
    let found: Finding | undefined;
    let node: Node | undefined = this.#root;
    for (let position = start; ; position++) {
      if (node.mark !== undefined) found = { end: position, mark: node.mark };
      if (node.next.size === 0) return found;
      if (position >= text.length) return complete ? found : 'open';
      node = node.next.get(text.charCodeAt(position));
      if (node === undefined) return found;
    }
  }
}
