import { Buffer } from 'node:buffer';
import { freemem } from 'node:os';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';

const GB = 10 ** 9;

const blocked = (gigabytes) => ({
  name: `blocked-${gigabytes}gb`,
  title: `How long a start blocks the event loop, with ${gigabytes} GB more resident`,
  contenders: ['ours', 'child_process', 'execa', 'tinyexec', 'nano-spawn'],
  reference: 'child_process',
  rounds: 2,
  // With nothing more resident the larger ones are the smallest again.
  size: {
    full: { gigabytes, count: 20, warmUps: 50 },
    quick: gigabytes === 0 ? { gigabytes, count: 2, warmUps: 1 } : undefined,
  },
  figure: 'blockedMs',
  figures: ['blockedMs', 'worstMs'],
  async measure({ contender, size }) {
    if (freemem() < size.gigabytes * GB * 1.25) throw new Error('too little memory is free');
    // Filled with something, or the pages would not be there.
    const ballast = Array.from({ length: size.gigabytes * 4 }, () => Buffer.alloc(GB / 4, 1));
    // Start-up is apart: the first runs are those of code that has not been compiled.
    for (let n = 0; n < size.warmUps; n++) await contender.run(['/bin/true']);
    const histogram = monitorEventLoopDelay({ resolution: 1 });
    histogram.enable();
    const gaps = [];
    for (let n = 0; n < size.count; n++)
      gaps.push(await longestGap(() => contender.run(['/bin/true'])));
    histogram.disable();
    gaps.sort((a, b) => a - b);
    const sample = { blockedMs: gaps[gaps.length >> 1], worstMs: histogram.percentile(99) / 1e6 };
    return { ...sample, ballastMb: ballast.reduce((sum, part) => sum + part.length, 0) / 1e6 };
  },
  goals: [
    {
      text: '`posix` driver blocks the loop for less than 1 ms',
      of: '@proc, posix',
      figure: 'blockedMs',
      below: 1,
    },
  ],
  losing:
    'Node forks, which copies the page tables of the whole process; this is so for everybody who uses `child_process`.',
});

/** The longest time between two turns of the event loop, from a call until its promise settles. */
async function longestGap(call) {
  let pending = true;
  let longest = 0;
  let last = performance.now();
  const watched = call().finally(() => (pending = false));
  while (pending) {
    await turn();
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  await watched;
  return longest;
}

export const blockedSmall = blocked(0);
export const blockedMedium = blocked(1);
export const blockedLarge = blocked(4);

export const memoryPerProcess = {
  name: 'memory-per-process',
  title: 'Memory of the application per running process, at 500',
  contenders: ['ours', 'child_process', 'execa'],
  reference: 'child_process',
  rounds: 3,
  size: { full: { count: 500 }, quick: { count: 10 } },
  figure: 'kbPerProcess',
  figures: ['kbPerProcess'],
  async measure({ contender, size: { count } }) {
    const release = await contender.hold(['sleep', '600'], 1);
    const before = process.memoryUsage.rss();
    const releaseAll = await contender.hold(['sleep', '600'], count);
    const kbPerProcess = (process.memoryUsage.rss() - before) / 1024 / count;
    await releaseAll();
    await release();
    return { kbPerProcess };
  },
  goals: [],
  losing: 'Each of ours knows its command, its timeouts and its place in a watchdog.',
};
