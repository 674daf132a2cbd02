import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A hub in a process of its own. */
export interface HubProcess {
  readonly address: string;
  readonly token: string;
  kill(): Promise<void>;
  /** Has it end by itself. */
  exit(): Promise<void>;
}

const PROGRAM = join(__dirname, 'hub-program.cjs');
const SOURCES = join(__dirname, '../../../core/tests/support/register-sources.cjs');

export async function startHub(path?: string): Promise<HubProcess> {
  const args = ['--require', SOURCES, PROGRAM, ...(path === undefined ? [] : [path])];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const { PROC_IPC_ADDRESS: address, PROC_IPC_TOKEN: token } = JSON.parse(line);
  return {
    address,
    token,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    exit: async () => {
      child.stdin.end('now');
      await exited;
    },
  };
}
