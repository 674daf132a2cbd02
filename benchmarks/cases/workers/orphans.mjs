import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expectEqual } from '../../probe/timed.mjs';
import { all, SIZE } from './teams.mjs';

const application = fileURLToPath(new URL('../../fixtures/workers/orphaned.mjs', import.meta.url));
const WAIT_MS = 2000;

/** How many workers are there two seconds after their application was killed. */
async function leftBehind({ kind, argument }, state) {
  const argv = [application, JSON.stringify({ kind, argument }), state];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  const [line] = await once(createInterface(child.stdout), 'line');
  const pids = JSON.parse(line);
  child.kill('SIGKILL');
  await exited;
  expectEqual(pids.length >= SIZE, true, `number of workers (${pids.length})`);
  await pause(WAIT_MS);
  const left = pids.filter(isAlive);
  for (const pid of left) process.kill(pid, 'SIGKILL');
  return left.length;
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export const orphans = {
  name: 'orphans',
  title:
    'Workers left 2 s after `kill -9` of their application, of 2 that compute and of 2 that are idle',
  contenders: all('process'),
  bare: true,
  reference: 'workerpool, processes',
  rounds: 1,
  size: { full: { states: ['busy', 'idle'] }, quick: { states: ['busy'] } },
  figure: 'leftBusy',
  figures: ['leftBusy', 'leftIdle'],
  async measure({ descriptor, size: { states } }) {
    const left = { busy: 0, idle: 0 };
    for (const state of states) left[state] = await leftBehind(descriptor, state);
    return { leftBusy: left.busy, leftIdle: left.idle };
  },
  goals: [
    { text: 'no busy one is left', of: '@proc, processes', figure: 'leftBusy', below: 1 },
    { text: 'no idle one is left', of: '@proc, processes', figure: 'leftIdle', below: 1 },
  ],
};
