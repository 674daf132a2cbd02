import type { OutputType } from '@proc/core';
import { redactCause, type SecretTable } from '@proc/core/internal';
import type { PoolKey } from '../contracts/pool-key.js';
import type { SerialCallback } from './serial-callback.js';

/** Output of one entry that waits for its delivery. */
export class HeldOutput {
  readonly #key: PoolKey;
  readonly #secrets: SecretTable;
  #pieces: { readonly type: OutputType; readonly chunks: string[] }[] = [];

  constructor(key: PoolKey, secrets: SecretTable) {
    this.#key = key;
    this.#secrets = secrets;
  }

  add(type: OutputType, chunk: string): void {
    const last = this.#pieces.at(-1);
    if (last?.type === type) last.chunks.push(chunk);
    else this.#pieces.push({ type, chunks: [chunk] });
  }

  /**
   * Delivers everything: one call for each stretch of the same stream. Rejects with the callback's error, which says
   * nothing secret even if it quotes what it was given.
   */
  async deliver(callback: SerialCallback): Promise<void> {
    const pieces = this.#pieces;
    this.#pieces = [];
    try {
      for (const { type, chunks } of pieces) {
        await callback.call(type, chunks.join(''), this.#key);
      }
    } catch (error) {
      throw redactCause(error, this.#secrets);
    }
  }
}
