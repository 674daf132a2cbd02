import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import type { RedisServer } from './redis-server.js';

const PROGRAM = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((directory) => join(directory, 'redis-server'))
  .find((file) => existsSync(file));

/** Whether there is one on this machine. */
export const hasRealRedis = PROGRAM !== undefined;

/** A real server of its own, at a socket in a directory of its own. */
export async function startRealRedis(): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'real-redis-'));
  const path = join(directory, 'redis.sock');
  let child = await start(directory, path);
  return {
    path,
    cut: () => told(path, (redis) => redis.client('KILL', 'TYPE', 'normal')),
    forget: () => told(path, (redis) => redis.flushall()),
    restart: async () => {
      await end(child);
      child = await start(directory, path);
    },
    close: async () => {
      await end(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function start(directory: string, path: string): Promise<ChildProcess> {
  if (PROGRAM === undefined) throw new Error('There is no redis-server on the PATH.');
  const kept = ['--save', '', '--appendonly', 'yes'];
  const args = ['--port', '0', '--unixsocket', path, '--dir', directory, ...kept];
  const child = spawn(PROGRAM, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    if (String(chunk).includes('ready to accept connections')) break;
  }
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function told(path: string, tell: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis({ path });
  try {
    await tell(redis);
  } finally {
    redis.disconnect();
  }
}
