import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { JournalError } from '../errors/journal-error.js';

/** Keeps a second pool away from a journal. A lock whose process is gone counts for nothing. */
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
    throw new JournalError(`The journal ${journal} is in use by another pool.`, journal);
  }

  /** @throws {@link JournalError} when the owner is still there */
  #goneOwner(journal: string): Owner | undefined {
    const owner = ownerOf(this.#path);
    if (owner === undefined || !isAlive(owner)) return owner;
    throw new JournalError(
      `The journal ${journal} is in use by another pool, of process ${owner.pid}.`,
      journal,
    );
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }

  #take(journal: string): boolean {
    try {
      const descriptor = openSync(this.#path, 'wx', 0o600);
      writeSync(descriptor, `${process.pid} ${startOf(process.pid) ?? '?'}\n`);
      closeSync(descriptor);
      return true;
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'EEXIST') return false;
      throw new JournalError(
        `The journal ${journal} can not be locked: ${code ?? String(cause)}.`,
        journal,
        null,
        cause,
      );
    }
  }
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
