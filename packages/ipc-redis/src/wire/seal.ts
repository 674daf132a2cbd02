import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Entry } from './entry.js';

/** Marks entries with a token that both ends know, so that nobody else who can write to the same Redis is heard. */
export class Seal {
  readonly #token: string | undefined;

  /** @param token - without one, nothing is marked, and everything is taken */
  constructor(token: string | undefined) {
    this.#token = token;
  }

  /** The mark of an entry of a stream. It says nothing of the token. */
  markOf(key: string, { link, number, acknowledged, packets }: Entry): Buffer {
    if (this.#token === undefined) return Buffer.alloc(0);
    const head = `${key}\n${link}\n${number}\n${acknowledged}\n`;
    return createHmac('sha256', this.#token).update(head).update(packets).digest();
  }

  isOf(key: string, entry: Entry, mark: Buffer): boolean {
    const expected = this.markOf(key, entry);
    return expected.length === mark.length && timingSafeEqual(expected, mark);
  }
}
