import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * The memory of processes, in bytes, without their help: also of those that compute without a pause.
 *
 * @returns those that are known; none on Windows, where it takes a program that is slow to start
 */
export async function processMemory(
  pids: readonly number[],
  platform: NodeJS.Platform = process.platform,
): Promise<ReadonlyMap<number, number>> {
  if (platform === 'linux') return new Map(pids.flatMap(entryOf));
  if (platform === 'win32' || pids.length === 0) return new Map();
  return new Promise((resolve) => {
    const args = ['-o', 'pid=,rss=', '-p', pids.join(',')];
    try {
      // Where one of them is gone it fails, and tells of the others all the same.
      execFile('ps', args, (_, stdout) => {
        resolve(readList(stdout));
      });
    } catch {
      // No process can be started at all: the next look may know more.
      resolve(new Map());
    }
  });
}

/** Lines of a process and its kibibytes, as `ps` prints them. */
function readList(text: string): ReadonlyMap<number, number> {
  return new Map(
    [...text.matchAll(/^\s*(\d+)\s+(\d+)\s*$/gm)].map(([, pid, size]) => [
      Number(pid),
      Number(size) * 1024,
    ]),
  );
}

function entryOf(pid: number): readonly [number, number][] {
  try {
    const [, size] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return size === undefined ? [] : [[pid, Number(size) * 1024]];
  } catch {
    // It is gone.
    return [];
  }
}
