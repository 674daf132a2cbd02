import type { LaunchSpec, RetentionSpec } from '@proc/core';
import { appendFileSync } from 'node:fs';

/** A file that a detached process writes to itself. */
export class FakeFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The file behind a stream that is a descriptor; `null` for any other stream. */
  static of(target: LaunchSpec['stderr'], { file }: RetentionSpec): FakeFile | null {
    // The descriptor is closed here once the process has been started, as a real process has its own by then.
    return typeof target === 'object' && file !== null ? new FakeFile(file.path) : null;
  }

  append(bytes: Buffer): void {
    appendFileSync(this.#path, bytes);
  }
}
