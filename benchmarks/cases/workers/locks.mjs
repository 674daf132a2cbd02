import { fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { expectEqual } from '../../probe/timed.mjs';

const holder = fileURLToPath(new URL('../../fixtures/workers/lock-holder.mjs', import.meta.url));

/** How a process that holds the lock is connected to the hub. */
const WAYS = {
  channel: async ({ processPort }, hub) => {
    const child = fork(holder, ['channel'], { serialization: 'advanced' });
    hub.connect(processPort(child), { name: 'holder' });
    return child;
  },
  socket: async ({ listenIpc }, hub) => {
    const listener = await listenIpc(hub);
    const child = fork(holder, ['socket'], { env: { ...process.env, ...listener.environment } });
    child.once('exit', () => listener.close());
    return child;
  },
};

/** Kills who has the lock; @returns how long the next one waits for it from then on, in milliseconds. */
async function handOver(way) {
  // Not by all who load the cases: some measure what it takes to load.
  await import('reflect-metadata');
  const library = await import('@proc/ipc');
  const { connectIpc, inProcessPorts, IpcHub } = library;
  const hub = new IpcHub();
  const child = await WAYS[way](library, hub);
  const gone = once(child, 'exit');
  const [here, there] = inProcessPorts();
  hub.connect(there, { name: 'next' });
  const ipc = connectIpc(here, { name: 'next' });
  const ready = ipc.event('held');
  await ready.wait();
  const acquiring = ipc.lock('table').acquire();
  // The hub has heard of it once it answers what was asked later.
  await ready.isSet();
  const start = performance.now();
  child.kill('SIGKILL');
  const held = await acquiring;
  const ms = performance.now() - start;
  expectEqual(held.abandoned, true, 'mark of a lock whose holder has died');
  await held.release();
  await gone;
  await ipc.close();
  await hub.close();
  return ms;
}

export const lockOfTheDead = {
  name: 'lock-of-the-dead',
  title: 'From `SIGKILL` of who holds a lock until the next one has it',
  contenders: Object.keys(WAYS).map((way) => ({ name: `@proc, ${way}`, kind: 'ipc', way })),
  bare: true,
  reference: '@proc, channel',
  rounds: 3,
  size: { full: { times: 7 }, quick: { times: 1 } },
  figure: 'handOverMs',
  figures: ['handOverMs', 'worstHandOverMs'],
  async measure({ descriptor, size: { times } }) {
    const taken = [];
    for (let n = 0; n < times; n++) taken.push(await handOver(descriptor.way));
    taken.sort((a, b) => a - b);
    return { handOverMs: taken[taken.length >> 1], worstHandOverMs: taken.at(-1) };
  },
  goals: Object.keys(WAYS).map((way) => ({
    text: `@proc, ${way}: within 100 ms, each time`,
    of: `@proc, ${way}`,
    figure: 'worstHandOverMs',
    below: 100,
  })),
};
