/** A value in a list; whoever has it can take it out again. */
export interface Link<T> {
  readonly value: T;
}

interface Node<T> extends Link<T> {
  before: Node<T> | undefined;
  after: Node<T> | undefined;
  list: LinkedList<T> | undefined;
}

/** A line of waiters or items: the ends and any link in it are reached at once, however long it is. */
export class LinkedList<T> implements Iterable<T> {
  #first: Node<T> | undefined;
  #last: Node<T> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): T | undefined {
    return this.#first?.value;
  }

  push(value: T): Link<T> {
    const node: Node<T> = { value, before: this.#last, after: undefined, list: this };
    if (this.#last === undefined) this.#first = node;
    else this.#last.after = node;
    this.#last = node;
    this.#size++;
    return node;
  }

  unshift(value: T): Link<T> {
    const node: Node<T> = { value, before: undefined, after: this.#first, list: this };
    if (this.#first === undefined) this.#last = node;
    else this.#first.before = node;
    this.#first = node;
    this.#size++;
    return node;
  }

  shift(): T | undefined {
    const node = this.#first;
    if (node === undefined) return undefined;
    this.#unlink(node);
    return node.value;
  }

  /** Takes a link out; one that is out already is left alone. */
  remove(link: Link<T>): void {
    const node = link as Node<T>;
    if (node.list === this) this.#unlink(node);
  }

  /** Empties the list. @returns what was in it */
  drain(): readonly T[] {
    const values = [...this];
    while (this.#first !== undefined) this.#unlink(this.#first);
    return values;
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (let node = this.#first; node !== undefined; node = node.after) yield node.value;
  }

  #unlink(node: Node<T>): void {
    if (node.before === undefined) this.#first = node.after;
    else node.before.after = node.after;
    if (node.after === undefined) this.#last = node.before;
    else node.after.before = node.before;
    node.list = undefined;
    this.#size--;
  }
}
