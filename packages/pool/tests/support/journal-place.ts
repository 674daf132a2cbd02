import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** A folder for one test file, and names for journals in it. */
export class JournalPlace {
  readonly folder = mkdtempSync(join(tmpdir(), 'proc-journal-'));
  #count = 0;

  constructor() {
    afterAll(() => {
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  next(): string {
    this.#count += 1;
    return join(this.folder, `${this.#count}.ndjson`);
  }
}
