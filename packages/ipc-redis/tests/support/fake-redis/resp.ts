/** What a server answers. */
export type Reply =
  | { readonly simple: string }
  | { readonly error: string }
  | number
  | Buffer
  | null
  | readonly Reply[];

export const OK: Reply = { simple: 'OK' };

export function encodeReply(reply: Reply): Buffer {
  if (reply === null) return Buffer.from('$-1\r\n');
  if (typeof reply === 'number') return Buffer.from(`:${reply}\r\n`);
  if (Buffer.isBuffer(reply)) {
    return Buffer.concat([Buffer.from(`$${reply.length}\r\n`), reply, Buffer.from('\r\n')]);
  }
  if (isList(reply)) {
    return Buffer.concat([Buffer.from(`*${reply.length}\r\n`), ...reply.map(encodeReply)]);
  }
  return Buffer.from('simple' in reply ? `+${reply.simple}\r\n` : `-${reply.error}\r\n`);
}

function isList(reply: Reply): reply is readonly Reply[] {
  return Array.isArray(reply);
}

/** Cuts what a client sends into commands: lists of words. */
export class CommandReader {
  #rest: Buffer = Buffer.alloc(0);

  *read(chunk: Buffer): Iterable<readonly Buffer[]> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const found = this.#next();
      if (found === undefined) return;
      this.#rest = this.#rest.subarray(found.end);
      yield found.words;
    }
  }

  #next(): { readonly words: readonly Buffer[]; readonly end: number } | undefined {
    const head = this.#number('*', 0);
    if (head === undefined) return undefined;
    const words: Buffer[] = [];
    let { end } = head;
    while (words.length < head.value) {
      const length = this.#number('$', end);
      if (length === undefined || this.#rest.length < length.end + length.value + 2) {
        return undefined;
      }
      words.push(Buffer.from(this.#rest.subarray(length.end, length.end + length.value)));
      end = length.end + length.value + 2;
    }
    return { words, end };
  }

  #number(
    mark: string,
    start: number,
  ): { readonly value: number; readonly end: number } | undefined {
    const end = this.#rest.indexOf('\r\n', start);
    if (end === -1) return undefined;
    const line = this.#rest.toString('latin1', start, end);
    if (!line.startsWith(mark)) throw new Error(`${mark} was expected, not ${line}`);
    return { value: Number(line.slice(1)), end: end + 2 };
  }
}
