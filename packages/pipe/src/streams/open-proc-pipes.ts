import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { KernelPipe } from './kernel-pipe.js';

/**
 * Each process of this shell's pipeline keeps its end of a pipe as descriptor 7, tells its pid, and waits for the end
 * of the shell's input. (Descriptor 1 is no good: the shell lends it to `echo >&9`.)
 */
const HOLD =
  'hold() { exec 7>&1; read -r pid rest </proc/self/stat; echo "$1 $pid" >&9; read -r rest <&8; }; ' +
  'exec 8<&0 9>&1; ';

/**
 * Makes real pipes, which Node has no call for: a shell makes them, and Linux lets us open them through `/proc` before
 * the shell lets them go.
 *
 * @throws whatever the system says, and where `/proc` is missing; nothing is left behind then
 */
export async function openProcPipes(count: number): Promise<readonly KernelPipe[]> {
  const holders = Array.from({ length: count }, (_, index) => `hold ${index}`);
  const shell: ChildProcess = spawn(
    '/bin/sh',
    ['-c', `${HOLD}${holders.join(' | ')} | read -r rest <&8`],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: {},
    },
  );
  const ended = once(shell, 'close');
  ended.catch(() => undefined);
  const pipes: KernelPipe[] = [];
  try {
    const pids = await readPids(shell, count);
    for (const pid of pids) pipes.push(openPipe(`/proc/${pid}/fd/7`));
    return pipes;
  } catch (error) {
    for (const pipe of pipes) pipe.close();
    throw error;
  } finally {
    // The end of its input is what all of its processes wait for.
    shell.stdin?.end();
    await ended.catch(() => undefined);
  }
}

/** The pids in the order of the pipes. */
function readPids(shell: ChildProcess, count: number): Promise<readonly string[]> {
  shell.stdin?.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    let text = '';
    shell.once('error', reject).once('close', () => {
      reject(new Error('The shell has not made its pipes.'));
    });
    shell.stdout?.setEncoding('latin1');
    shell.stdout?.on('data', (chunk: string) => {
      text += chunk;
      const lines = text.split('\n').slice(0, -1);
      if (lines.length < count) return;
      const pids: string[] = [];
      for (const line of lines) {
        const [index = '', pid = ''] = line.split(' ');
        pids[Number(index)] = pid;
      }
      resolve(pids);
    });
  });
}

function openPipe(path: string): KernelPipe {
  const reader = openSync(path, constants.O_RDONLY);
  try {
    return new KernelPipe(reader, openSync(path, constants.O_WRONLY));
  } catch (error) {
    closeSync(reader);
    throw error;
  }
}
