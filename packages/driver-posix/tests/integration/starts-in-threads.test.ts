import { describe, expect, it, jest } from '@jest/globals';
import { PosixDriver } from '../../src/posix-driver.js';
import { leftOut } from '../support/left-out.js';
import { application } from '../support/programs.js';

jest.setTimeout(120_000);

const supported = PosixDriver.isSupported();
const here = supported ? describe : describe.skip;
if (!supported) leftOut('the driver does not work on this system');
const onLinux = process.platform === 'linux' ? it : it.skip;
if (onLinux !== it) leftOut('only Linux lists processes as files, and has ordered output');

/** Defines `block(ms)`, which keeps the event loop from turning, and `turn()`, one turn of it. */
const LOOP = `
  const block = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };
  const turn = () => new Promise((resolve) => setImmediate(resolve));`;

/** Defines `marked()`: the command lines of the processes with that mark in their environment. */
const MARKED = `
  const { readFileSync, readdirSync } = require('node:fs');
  const marked = (mark) => readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).flatMap((name) => {
    try {
      const isMarked = readFileSync('/proc/' + name + '/environ', 'utf8').includes('MARK=' + mark);
      return isMarked ? [readFileSync('/proc/' + name + '/cmdline', 'utf8').split('\\0').join(' ').trim()] : [];
    } catch {
      return [];
    }
  });`;

here('a program that starts', () => {
  onLinux('is gone, and so are all in its turn, when this process exits meanwhile', async () => {
    const code = `
      ${LOOP} ${MARKED}
      const mark = 'starts-' + process.pid;
      const { spawnSync, execFileSync } = require('node:child_process');
      const program = ${JSON.stringify(`
        const core = require('@proc/core');
        const { PosixDriver } = require('./src/index.ts');
        const app = new core.Application({
          providers: [core.ProcessServiceProvider],
          config: { process: { default: 'posix' } },
        });
        const manager = app.get(core.ProcessManager);
        let last;
        for (let i = 0; i < 10; i++) last = manager.command(['sleep', '600']).env({ MARK: process.argv[1] }).start();
        let turns = Number(process.argv[2]);
        const next = () => { if (turns-- > 0) setImmediate(next); else process.exit(0); };
        next();
      `)};
      for (const turns of [0, 1, 2, 3, 4, 6, 8]) {
        const { status, stderr } = spawnSync(process.execPath, [...process.execArgv, '-e', program, mark, turns]);
        if (status !== 0) throw new Error(String(stderr));
      }
      // Where the machine is busy, to die takes its time.
      for (let tries = 0; tries < 100 && marked(mark).length > 0; tries++) block(100);
      console.log(marked(mark).length, marked(mark).join());`;
    expect(await application(code)).toBe('0 \n');
  });

  onLinux(
    'keeps nobody waiting: neither the event loop, nor others when all threads are busy',
    async () => {
      const code = `
      const { execFileSync } = require('node:child_process');
      const fs = require('node:fs');
      const os = require('node:os');
      const path = require('node:path');
      await manager.run('true');
      const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'threads-'));
      const pipes = [1, 2, 3, 4].map((name) => path.join(directory, String(name)));
      execFileSync('mkfifo', pipes);
      // Each waits in a thread until somebody writes: these are all that there are.
      const opened = pipes.map((pipe) => fs.promises.open(pipe, 'r'));
      const starts = Array.from({ length: 10 }, () => manager.run('true'));
      const stuck = new Set(starts);
      for (const start of starts) void start.finally(() => stuck.delete(start));
      // Three wait for a thread, seven for their turn.
      await Promise.all(starts.slice(3));
      const { exitCode } = await manager.run('false');
      console.log(exitCode, stuck.size);
      for (const pipe of pipes) fs.closeSync(fs.openSync(pipe, 'r+'));
      for (const each of opened) await (await each).close();
      console.log((await Promise.all(starts)).every((result) => result.successful()));
      fs.rmSync(directory, { recursive: true });`;
      expect(await application(code)).toBe('1 3\ntrue\n');
    },
  );

  onLinux('has its output heard in the order in which it was written', async () => {
    const code = `
      ${LOOP}
      await manager.run('true');
      let right = 0;
      for (let time = 0; time < 20; time++) {
        const heard = [];
        const running = manager.command(['sh', '-c', 'echo b >&2; echo a']).run((type) => heard.push(type));
        await turn();
        // It has written both, and ended, before this process comes to hear of its start.
        block(50);
        await running;
        if (heard.join() === 'err,out') right++;
      }
      console.log(right);`;
    expect(await application(code)).toBe('20\n');
  });
});
