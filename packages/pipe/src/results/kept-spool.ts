import type { Readable } from 'node:stream';
import type { KeptOutput, SecretTable } from '@proc/core/internal';
import { Spool } from '../streams/spool.js';

/** A spool as the output of a result. */
export class KeptSpool implements KeptOutput {
  readonly #spool: Spool;
  #text: string | undefined;

  constructor(spool: Spool) {
    this.#spool = spool;
  }

  get size(): number {
    return this.#spool.size;
  }

  bytes(): Buffer {
    return Buffer.from(this.#spool.bytes());
  }

  text(): string {
    this.#text ??= this.#spool.bytes().toString('utf8');
    return this.#text;
  }

  stream(): Readable {
    return this.#spool.stream();
  }

  tail(bytes: number, secrets: SecretTable): string {
    const { size } = this.#spool;
    const start = Math.max(0, size - bytes - secrets.reach);
    const text = this.#spool.read(start, size).toString('utf8');
    return secrets.redact(text, { start: start > 0, end: false });
  }
}

/** No output. */
export const NO_OUTPUT: KeptOutput = new KeptSpool(new Spool());
