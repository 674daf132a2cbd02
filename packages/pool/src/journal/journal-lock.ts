import { closeSync, linkSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { uniqueId } from '@proc/core/internal';
import { JournalError } from '../errors/journal-error.js';

/** How long a lock may be without its owner, in milliseconds: whoever makes it in two steps needs a moment only. */
const WRITING_MS = 10_000;

/**
 * Keeps a second pool away from a journal. A lock whose process is gone counts for nothing. It comes into being with
 * its owner in it, so that none is ever without.
 */
export class JournalLock {
  readonly #path: string;

  /** @throws {@link JournalError} when another pool has it, and when the place can not be written to */
  constructor(journal: string) {
    this.#path = `${journal}.lock`;
    if (this.#take(journal)) return;
    const owner = this.#goneOwner(journal);
    // Two may find the same owner gone: the lock of the first must not be removed by the second.
    const turn = new JournalLock(`${this.#path}.${owner?.pid ?? 'unknown'}`);
    try {
      this.#goneOwner(journal);
      rmSync(this.#path, { force: true });
      if (this.#take(journal)) return;
    } finally {
      turn.release();
    }
    throw this.#inUse(journal);
  }

  /** @throws {@link JournalError} when the owner is still there */
  #goneOwner(journal: string): Owner | undefined {
    const owner = ownerOf(this.#path);
    if (owner === undefined && isBeingWritten(this.#path)) {
      throw this.#inUse(journal);
    }
    if (owner === undefined || !isAlive(owner)) return owner;
    throw this.#inUse(journal, owner);
  }

  /** Outside of Linux a number that was given to another process can not be told from the owner's. */
  #inUse(journal: string, owner?: Owner): JournalError {
    const whose = owner === undefined ? '' : `, of process ${owner.pid}`;
    return new JournalError(
      `The journal ${journal} is in use by another pool${whose}. If there is none, remove ${this.#path}.`,
      journal,
    );
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }

  /** Whether there was no lock. */
  #take(journal: string): boolean {
    const draft = `${this.#path}.${uniqueId()}`;
    try {
      write(draft);
      return this.#publish(draft);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'EEXIST') return false;
      throw new JournalError(
        `The journal ${journal} can not be locked: ${code ?? String(cause)}.`,
        journal,
        null,
        cause,
      );
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** Gives a lock that is whole its name. Some file systems (FAT, some network ones) have no second names. */
  #publish(draft: string): boolean {
    try {
      linkSync(draft, this.#path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      write(this.#path);
    }
    return true;
  }
}

/** Makes a lock of this process; what is there already is left alone. */
function write(path: string): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, `${process.pid} ${startOf(process.pid) ?? '?'}\n`);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Whether somebody may be about to say whose lock it is. */
function isBeingWritten(path: string): boolean {
  const lock = statSync(path, { throwIfNoEntry: false });
  return lock?.size === 0 && Date.now() - lock.mtimeMs < WRITING_MS;
}

interface Owner {
  readonly pid: number;
  readonly start: string;
}

function ownerOf(path: string): Owner | undefined {
  try {
    const [pid = '', start = '?'] = readFileSync(path, 'utf8').trim().split(' ');
    return Number(pid) > 0 ? { pid: Number(pid), start } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, start }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = startOf(pid);
  // The number may have been given to another process since.
  return now === undefined || start === '?' || now === start;
}

/** When a process began, in the kernel's own count; `undefined` where there is no such file. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
