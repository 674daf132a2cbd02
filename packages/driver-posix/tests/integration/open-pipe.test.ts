import { closeSync, readSync, writeSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PosixDriver } from '../../src/posix-driver.js';
import { leftOut } from '../support/left-out.js';
import { application } from '../support/programs.js';

const supported = PosixDriver.isSupported();
const here = supported ? describe : describe.skip;
if (!supported) leftOut('the driver does not work on this system');
const onLinux = process.platform === 'linux' ? it : it.skip;
if (onLinux !== it) leftOut('only Linux shows descriptors, and lets a pipe be larger');

here('a pipe of the driver', () => {
  onLinux('holds what the pipes of its programs hold, and ends with its writers', () => {
    const ends = new PosixDriver().openPipe();
    if (ends === undefined) throw new Error('There is no pipe.');
    const written = writeSync(ends.write, Buffer.alloc(256 * 1024));
    closeSync(ends.write);
    const room = Buffer.alloc(1024 * 1024);
    expect([written, readSync(ends.read, room), readSync(ends.read, room)]).toEqual([
      256 * 1024,
      256 * 1024,
      0,
    ]);
    closeSync(ends.read);
  });

  onLinux('is handed to no program that is not to have it', async () => {
    const code = `
      const { read, write } = new PosixDriver().openPipe();
      const list = require('node:child_process').execFileSync('ls', ['/proc/self/fd'], { encoding: 'utf8' });
      const open = list.trim().split('\\n').map(Number);
      console.log(open.includes(0), open.includes(read), open.includes(write));`;
    expect(await application(code)).toBe('true false false\n');
  });

  it('is made in no worker thread, which would leave it open when it is ended', async () => {
    const code = `
      const { Worker } = require('node:worker_threads');
      const source = 'const { PosixDriver } = require(' + JSON.stringify(require.resolve('./src/index.ts')) + ');' +
        'require("node:worker_threads").parentPort.postMessage(String(new PosixDriver().openPipe()))';
      const worker = new Worker(source, { eval: true });
      const [made] = await require('node:events').once(worker, 'message');
      console.log(made);
      await worker.terminate();`;
    expect(await application(code)).toBe('undefined\n');
    // It loads the sources twice, one after the other.
  }, 20_000);
});
