import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { RedisServer } from './redis-server.js';

const PROGRAM = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((directory) => join(directory, 'redis-server'))
  .find((file) => existsSync(file));

/** Whether there is one on this machine. */
export const hasRealRedis = PROGRAM !== undefined;

/** A real server of its own, at a socket in a directory of its own. */
export async function startRealRedis(): Promise<RedisServer> {
  if (PROGRAM === undefined) throw new Error('There is no redis-server on the PATH.');
  const directory = mkdtempSync(join(tmpdir(), 'real-redis-'));
  const path = join(directory, 'redis.sock');
  const args = ['--port', '0', '--unixsocket', path, '--save', '', '--appendonly', 'no'];
  const child = spawn(PROGRAM, [...args, '--dir', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    if (String(chunk).includes('ready to accept connections')) break;
  }
  return {
    path,
    close: async () => {
      child.kill('SIGTERM');
      await exited;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
