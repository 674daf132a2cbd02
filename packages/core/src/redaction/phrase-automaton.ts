/** A phrase that ends at some place of a text, with what was said of it. */
export interface FoundPhrase<Tag> {
  readonly length: number;
  readonly tag: Tag;
}

/** What is kept of each node, as neighbours in one array: a secret may have as many nodes as a file has bytes. */
const CODE = 0;
const CHILD = 1;
const SIBLING = 2;
/** The node of the longest other phrase beginning that the text ends with. */
const FALLBACK = 3;
const DEPTH = 4;
/** The node of the longest phrase that the text ends with. */
const FOUND = 5;
const SIZE = 6;

/** The state of a text that ends with the beginning of no phrase. */
export const NOWHERE = 0;

/**
 * Finds phrases in a text that is read once, one character after the other, in a time that depends neither on how many
 * they are nor on what they have in common with the text or with each other (A. V. Aho and M. J. Corasick, 1975).
 *
 * A state is the longest beginning of a phrase that the text read so far ends with. It stays valid when phrases are
 * added: they are found from then on.
 */
export class PhraseAutomaton<Tag> {
  readonly #tags = new Map<number, Tag>();
  /** The children of the root, which has many and is where most characters lead: those of ASCII, and the others. */
  readonly #firstAscii = new Int32Array(128);
  readonly #firstOther = new Map<number, number>();
  #nodes = new Int32Array(SIZE * 64);
  #count = 1;
  #linked = true;
  #longest = 0;

  /** Length of the longest phrase. */
  get longest(): number {
    return this.#longest;
  }

  /** The first tag of a phrase is the one that counts. */
  add(phrase: string, tag: Tag): void {
    let node = NOWHERE;
    for (let index = 0; index < phrase.length; index++) {
      const code = phrase.charCodeAt(index);
      node = this.#child(node, code) || this.#grow(node, code);
    }
    if (node === NOWHERE || this.#tags.has(node)) return;
    this.#tags.set(node, tag);
    this.#longest = Math.max(this.#longest, phrase.length);
    this.#linked = false;
  }

  /** The state after one more character. */
  next(state: number, code: number): number {
    if (!this.#linked) this.#link();
    let node = state;
    while (node !== NOWHERE) {
      const child = this.#child(node, code);
      if (child !== NOWHERE) return child;
      node = this.#get(node, FALLBACK);
    }
    return this.#first(code);
  }

  /** How many characters belong to a phrase that may have begun. */
  depth(state: number): number {
    return this.#get(state, DEPTH);
  }

  /** The longest phrase that has just ended. */
  found(state: number): FoundPhrase<Tag> | undefined {
    const node = this.#get(state, FOUND);
    if (node === NOWHERE) return undefined;
    return { length: this.#get(node, DEPTH), tag: this.#tags.get(node) as Tag };
  }

  #get(node: number, field: number): number {
    return this.#nodes[node * SIZE + field] ?? NOWHERE;
  }

  #set(node: number, field: number, value: number): void {
    this.#nodes[node * SIZE + field] = value;
  }

  #child(node: number, code: number): number {
    if (node === NOWHERE) return this.#first(code);
    let child = this.#get(node, CHILD);
    while (child !== NOWHERE && this.#get(child, CODE) !== code) child = this.#get(child, SIBLING);
    return child;
  }

  #first(code: number): number {
    return (code < 128 ? this.#firstAscii[code] : this.#firstOther.get(code)) ?? NOWHERE;
  }

  #grow(parent: number, code: number): number {
    const node = this.#count++;
    if (this.#nodes.length < this.#count * SIZE) {
      const larger = new Int32Array(this.#nodes.length * 2);
      larger.set(this.#nodes);
      this.#nodes = larger;
    }
    this.#set(node, CODE, code);
    this.#set(node, DEPTH, this.#get(parent, DEPTH) + 1);
    if (parent === NOWHERE) {
      if (code < 128) this.#firstAscii[code] = node;
      else this.#firstOther.set(code, node);
    } else {
      this.#set(node, SIBLING, this.#get(parent, CHILD));
      this.#set(parent, CHILD, node);
    }
    return node;
  }

  /** Level by level: a node's links lead to nodes of lesser depth. */
  #link(): void {
    this.#linked = true;
    const queue = new Int32Array(this.#count);
    let end = 0;
    for (const node of [...this.#firstAscii, ...this.#firstOther.values()]) {
      if (node === NOWHERE) continue;
      queue[end++] = node;
      this.#linkNode(node, NOWHERE);
    }
    for (let index = 0; index < end; index++) {
      const parent = queue[index] ?? NOWHERE;
      let child = this.#get(parent, CHILD);
      for (; child !== NOWHERE; child = this.#get(child, SIBLING)) {
        queue[end++] = child;
        this.#linkNode(child, this.next(this.#get(parent, FALLBACK), this.#get(child, CODE)));
      }
    }
  }

  #linkNode(node: number, fallback: number): void {
    this.#set(node, FALLBACK, fallback);
    this.#set(node, FOUND, this.#tags.has(node) ? node : this.#get(fallback, FOUND));
  }
}
