import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Prints how many arguments it has, what it is called, and the arguments. */
const PROGRAM = '#!/bin/sh\nprintf "%s\\0" "$#" "${0##*/}" "$@"\n';

/** A directory of programs that differ only in their names. */
export class NamedPrograms implements Disposable {
  readonly #directory = mkdtempSync(join(tmpdir(), 'named-'));
  readonly #program = join(this.#directory, '.program');
  readonly #names = new Set<string>();

  constructor() {
    writeFileSync(this.#program, PROGRAM, { mode: 0o755 });
  }

  /** Where a shell finds them, and everything else as before. */
  get path(): string {
    return `${this.#directory}${delimiter}${process.env['PATH'] ?? ''}`;
  }

  add(name: string): void {
    if (this.#names.has(name)) return;
    symlinkSync(this.#program, join(this.#directory, name));
    this.#names.add(name);
  }

  [Symbol.dispose](): void {
    rmSync(this.#directory, { recursive: true });
  }
}
