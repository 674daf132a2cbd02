import { readdirSync } from 'node:fs';
import { availableParallelism, freemem, loadavg, totalmem } from 'node:os';
import { openFilesLimit } from './open-files-limit.js';

/** What gates look at. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly processors: number;
  /** Bytes that this process may have at most. */
  readonly totalMemory: number;
  /** Bytes that are to be had now. */
  availableMemory(): number;
  /** The load average of the last minute. */
  load(): number;
  /** How many more files this process may open; `Infinity` where nothing says. */
  freeDescriptors(): number;
}

/** The machine that this process runs on. */
export const thisMachine: Machine = {
  platform: process.platform,
  get processors() {
    return availableParallelism();
  },
  get totalMemory() {
    // The limit of a container. Zero, or more than there is, where there is none.
    const limit = process.constrainedMemory();
    return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  },
  availableMemory: () => Math.min(process.availableMemory(), freemem()),
  load: () => loadavg()[0] ?? 0,
  freeDescriptors: () => {
    const limit = openFilesLimit();
    if (limit === Number.POSITIVE_INFINITY) return limit;
    try {
      // One of those listed is that of the look itself.
      return limit - (readdirSync('/dev/fd').length - 1);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // What can't be seen keeps no gate shut.
      return code === 'EMFILE' || code === 'ENFILE' ? 0 : Number.POSITIVE_INFINITY;
    }
  },
};
