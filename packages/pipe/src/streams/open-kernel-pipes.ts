import { execFile } from 'node:child_process';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KernelPipe } from './kernel-pipe.js';

const run = promisify(execFile);

/**
 * Makes pipes of the operating system: FIFOs, since Node has no `pipe(2)`, which lose their names as soon as they are
 * open. One call of `mkfifo` makes all of them.
 *
 * @returns `null` where that is not possible; nothing is left behind then
 */
export async function openKernelPipes(count: number): Promise<readonly KernelPipe[] | null> {
  let directory: string | undefined;
  const pipes: KernelPipe[] = [];
  try {
    directory = await mkdtemp(join(tmpdir(), 'proc-pipe-'));
    const paths = Array.from({ length: count }, (_, index) =>
      join(String(directory), String(index)),
    );
    await run('mkfifo', ['-m', '600', ...paths]);
    for (const path of paths) pipes.push(openFifo(path));
    return pipes;
  } catch {
    for (const pipe of pipes) pipe.close();
    return null;
  } finally {
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  }
}

/** Opening one end of a FIFO waits for the other; while it is open for both, neither has to wait. */
function openFifo(path: string): KernelPipe {
  const both = openSync(path, constants.O_RDWR);
  let reader: number | undefined;
  try {
    reader = openSync(path, constants.O_RDONLY);
    const pipe = new KernelPipe(reader, openSync(path, constants.O_WRONLY));
    unlinkSync(path);
    return pipe;
  } catch (error) {
    if (reader !== undefined) closeSync(reader);
    throw error;
  } finally {
    closeSync(both);
  }
}
