import { readdirSync } from 'node:fs';
import type { LaunchSpec, ProcessExit } from '@proc/core';
import { describe, expect, it } from '@jest/globals';
import { Reaper } from '../../src/exit/reaper.js';
import { Libc } from '../../src/native/libc.js';
import type { PipeWatch } from '../../src/output/pipe-watch.js';
import { PosixDriver } from '../../src/posix-driver.js';
import { Spawner } from '../../src/spawn/spawner.js';
import { startProgram } from '../../src/start-program.js';
import { leftOut } from '../support/left-out.js';

const supported = PosixDriver.isSupported();
const here = supported && process.platform === 'linux' ? describe : describe.skip;
if (here === describe.skip) leftOut('only Linux lists the descriptors of a process');

/** Keeps what it has promised. */
class WatchedReaper extends Reaper {
  readonly ends: Promise<ProcessExit>[] = [];

  override ended(...args: Parameters<Reaper['ended']>): Promise<ProcessExit> {
    const end = super.ended(...args);
    this.ends.push(end);
    return end;
  }
}

here('a program that runs already', () => {
  it.each([
    ['the first of its pipes', 1],
    ['the last of its pipes', 2],
  ])('is ended, and its pipes are closed, when no stream can be made of %s', async (_, failing) => {
    const libc = Libc.load();
    const reaper = new WatchedReaper(libc);
    const before = process.listeners('SIGCHLD');
    let left = failing;
    const watch = {
      reserve: () => undefined,
      release: () => undefined,
      remove: () => undefined,
      add: () => {
        if (--left === 0) throw new Error('no room');
        return true;
      },
    } as unknown as PipeWatch;
    const spawner = new Spawner(libc, { inThreads: false });
    const open = descriptors();
    const start = startProgram(launch, request, { libc, reaper, spawner, watch });
    await expect(start).rejects.toThrow('no room');
    expect(await Promise.all(reaper.ends)).toEqual([{ exitCode: null, signal: 'SIGKILL' }]);
    // A socket closes its descriptor in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    // What other tests have left may be closed meanwhile.
    expect(descriptors().filter((each) => !open.includes(each))).toEqual([]);
    for (const each of process.listeners('SIGCHLD')) {
      if (!before.includes(each)) process.off('SIGCHLD', each);
    }
  });
});

const request = {
  path: '/bin/sleep',
  args: ['sleep', '600'],
  env: {},
  cwd: null,
  leads: true,
};

const launch = {
  stdin: 'pipe',
  stdout: 'pipe',
  stderr: 'pipe',
  processGroup: true,
  detached: false,
} as LaunchSpec;

function descriptors(): readonly string[] {
  return readdirSync('/proc/self/fd').sort();
}
