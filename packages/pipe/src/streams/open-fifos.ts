import { execFile } from 'node:child_process';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KernelPipe } from './kernel-pipe.js';

/**
 * Makes FIFOs, which lose their names as soon as they are open. One call of `mkfifo` makes all of them. They are as
 * good as pipes, except on Linux, where a program that opens `/dev/stdin` after the writer has gone waits for ever.
 *
 * @throws whatever the system says; nothing is left behind then
 */
export async function openFifos(count: number): Promise<readonly KernelPipe[]> {
  const directory = await mkdtemp(join(tmpdir(), `proc-${process.pid}-`));
  const pipes: KernelPipe[] = [];
  try {
    const paths = Array.from({ length: count }, (_, index) => join(directory, String(index)));
    await promisify(execFile)('mkfifo', ['-m', '600', ...paths]);
    for (const path of paths) pipes.push(openFifo(path));
    return pipes;
  } catch (error) {
    for (const pipe of pipes) pipe.close();
    throw error;
  } finally {
    await rm(directory, { recursive: true, force: true });
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
