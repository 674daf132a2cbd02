import { InvalidArgumentError, type SecretTable } from '@proc/core';
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Scrub, ScrubPlace } from '../cassette-options.js';
import type { PathPlaceholders } from './path-placeholders.js';

/** Writes texts down so that they may be kept: without secrets, paths of this machine, and what is scrubbed. */
export class Transcript {
  readonly #paths: PathPlaceholders;
  readonly #scrub: Scrub | undefined;

  constructor(paths: PathPlaceholders, scrub?: Scrub) {
    this.#paths = paths;
    this.#scrub = scrub;
  }

  text(text: string, place: ScrubPlace, secrets: SecretTable): string {
    return this.#finish(secrets.redact(text), place);
  }

  /**
   * Bytes without secrets: text where they are some. The redaction sees them one by one, so it misses no secret in what
   * is no text.
   */
  bytes(bytes: Buffer, place: ScrubPlace, secrets: SecretTable): string | Buffer {
    return this.redacted(secrets.isEmpty ? bytes : redactBytes(bytes, secrets), place);
  }

  /** As {@link bytes}, of what has been redacted already. */
  redacted(bytes: Buffer, place: ScrubPlace): string | Buffer {
    return isUtf8(bytes) ? this.#finish(bytes.toString(), place) : bytes;
  }

  /** What an input is recognised by. */
  digest(bytes: Buffer, command: string, secrets: SecretTable): string {
    const written = this.bytes(bytes, { field: 'in', command }, secrets);
    return `sha256:${createHash('sha256').update(written).digest('hex')}`;
  }

  directory(path: string | null, command: string, secrets: SecretTable): string {
    const text = secrets.redact(this.#paths.directory(path));
    return this.#scrubbed(text, { field: 'cwd', command });
  }

  /** The text that was written down, for this machine and with the secrets of the call that is made now. */
  show(text: string, secrets: SecretTable): string {
    return secrets.reveal(this.#paths.show(text));
  }

  #finish(text: string, place: ScrubPlace): string {
    return this.#scrubbed(this.#paths.hide(text), place);
  }

  #scrubbed(text: string, place: ScrubPlace): string {
    if (this.#scrub === undefined) return text;
    const scrubbed: unknown = this.#scrub(text, place);
    if (typeof scrubbed === 'string') return scrubbed;
    throw new InvalidArgumentError(
      `The function scrub of a cassette must give a string; for "${place.field}" it gave ${typeof scrubbed}.`,
    );
  }
}

function redactBytes(bytes: Buffer, secrets: SecretTable): Buffer {
  return Buffer.from(secrets.redact(bytes.toString('latin1')), 'latin1');
}
