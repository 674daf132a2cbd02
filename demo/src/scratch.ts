import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory for one run of the demo. */
export class Scratch {
  readonly directory = mkdtempSync(join(tmpdir(), 'proc-demo-'));

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
