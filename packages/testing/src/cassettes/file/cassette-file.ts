import { uniqueId } from '@proc/core/internal';
import { chmodSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { StoredEntry } from './cassette-entry.js';
import { formatCassette } from './format.js';
import { parseCassette } from './parse-cassette.js';

/** A cassette on disk. */
export class CassetteFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * Its entries; `undefined` where there is no file.
   *
   * @throws {@link CassetteFormatError}
   */
  read(): readonly StoredEntry[] | undefined {
    const text = this.#text();
    return text === undefined ? undefined : parseCassette(text, this.path);
  }

  /**
   * Writes the entries, unless the file says the same already, however it is formatted. Who reads it meanwhile sees
   * the old cassette or the new one, and never a part of one.
   */
  write(entries: readonly StoredEntry[], before: readonly StoredEntry[] | undefined): void {
    const text = formatCassette(entries);
    if (before !== undefined && formatCassette(before) === text) return;
    mkdirSync(dirname(this.path), { recursive: true });
    const target = this.#target();
    const draft = join(dirname(target), `.${basename(target)}.${uniqueId()}`);
    try {
      writeFileSync(draft, text, { flag: 'wx' });
      const mode = modeOf(target);
      if (mode !== undefined) chmodSync(draft, mode);
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  }

  #text(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** A link stays one. */
  #target(): string {
    try {
      return realpathSync(this.path);
    } catch {
      return this.path;
    }
  }
}

function modeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mode;
}
