import { lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandNotFoundError, type ProcessManager } from '@proc/process';

const SOURCE = /\.(ts|js|mjs|cjs)$/;
const GENERATED = /^(node_modules|dist|coverage|\..+)$/;

/** What the demo works on: the files of this repository. */
export interface Repository {
  readonly root: string;
  /** Paths relative to the root. */
  readonly files: readonly string[];
  readonly sources: readonly string[];
  /** The commit that is checked out; `undefined` without git. */
  readonly head: string | undefined;
}

/** Asks git for the files; without git, or in an unpacked archive, walks the directories. */
export async function readRepository(processes: ProcessManager): Promise<Repository> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const head = await readHead(processes, root);
  const listed = head === undefined ? listByWalking(root) : await listByGit(processes, root);
  const files = listed.filter((file) => isFile(join(root, file)));
  return { root, files, sources: files.filter((file) => SOURCE.test(file)), head };
}

async function readHead(processes: ProcessManager, root: string): Promise<string | undefined> {
  try {
    const result = await processes.command('git rev-parse --verify HEAD').path(root).run();
    return result.successful() ? result.output().trim() : undefined;
  } catch (error) {
    if (CommandNotFoundError.is(error)) return undefined;
    throw error;
  }
}

async function listByGit(processes: ProcessManager, root: string): Promise<string[]> {
  const listing = await processes.command(['git', 'ls-files', '-z']).path(root).runOrFail();
  return listing.output().split('\0').filter(Boolean);
}

function listByWalking(root: string, directory = root): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !GENERATED.test(name))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? listByWalking(root, path) : [relative(root, path)];
    });
}

/** A listed file may be a link, or deleted and not committed yet. */
function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
