import { existsSync } from 'node:fs';
import { describe, expect, it, jest } from '@jest/globals';
import { PosixDriver } from '../../src/posix-driver.js';
import { leftOut } from '../support/left-out.js';
import { application } from '../support/programs.js';

jest.setTimeout(590_000);

const supported = PosixDriver.isSupported();
const here = supported ? describe : describe.skip;
if (!supported) leftOut('the driver does not work on this system');
const onLinux = existsSync('/proc/self/stat') ? it : it.skip;
if (onLinux !== it) leftOut('only Linux lists the children of a process');

/** Defines `children()`: the states of all children of the application. */
const CHILDREN = `
  const { readFileSync, readdirSync } = require('node:fs');
  const children = () => readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync('/proc/' + name + '/stat', 'latin1');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(parent) === process.pid ? [state] : [];
    } catch {
      return [];
    }
  });`;

/** Runs a shell line through the manager, and says how it ended. */
const RUN = `const run = async (line) => {
  const { exitCode, signal } = await manager.run('sh', ['-c', line]);
  return exitCode ?? signal;
};`;

here('an application', () => {
  onLinux('has no zombie after 10,000 runs, and knows how each ended', async () => {
    const code = `
      ${CHILDREN}
      let left = 10_000;
      let wrong = 0;
      const driver = new PosixDriver();
      const spec = manager.command('true').toSpec();
      const launch = {
        spec, args: [], cwd: null, env: {}, stdin: 'null', stdout: 'null', stderr: 'null', processGroup: true,
        detached: false, uid: null, gid: null, nice: null, limits: spec.limits, ipc: null, verbatimArguments: false,
      };
      await Promise.all(Array.from({ length: 16 }, async () => {
        while (left-- > 0) {
          const file = left % 2 === 0 ? '/bin/true' : '/bin/false';
          const { exitCode } = await (await driver.start({ ...launch, file })).exited;
          if (exitCode !== (file === '/bin/true' ? 0 : 1)) wrong++;
        }
      }));
      console.log(wrong, children().length);`;
    expect(await application(code)).toBe('0 0\n');
  });

  onLinux('is told which child has ended, and may still reap it by other means', async () => {
    const code = `
      const { spawn } = require('node:child_process');
      const { Libc } = require('./src/native/libc.ts');
      const libc = Libc.load();
      console.log(libc.endedChild());
      const child = spawn('sh', ['-c', 'exit 7'], { stdio: 'ignore' });
      const moment = new Int32Array(new SharedArrayBuffer(4));
      // Node reaps nothing as long as this thread waits.
      while (libc.endedChild() === undefined) Atomics.wait(moment, 0, 0, 1);
      console.log(libc.endedChild() === child.pid, libc.endedChild() === child.pid);
      child.on('exit', (code) => console.log(code, libc.endedChild()));`;
    expect(await application(code)).toBe('undefined\ntrue true\n7 undefined\n');
  });

  onLinux('knows how each has ended of many that run at once', async () => {
    const code = `
      ${CHILDREN} ${RUN}
      const held = await Promise.all(Array.from({ length: 20 }, () => manager.start('sleep', ['600'])));
      const codes = Array.from({ length: 100 }, (_, code) => code);
      const ends = await Promise.all(codes.map((code) => run('exit ' + code)));
      console.log(ends.every((end, code) => end === code));
      await Promise.all(held.map((process) => process.stop(0)));
      console.log(children().includes('Z'));`;
    expect(await application(code)).toBe('true\nfalse\n');
  });

  onLinux('and its other ways to start programs do not take ends from each other', async () => {
    const code = `
      ${CHILDREN} ${RUN}
      const { spawn, spawnSync } = require('node:child_process');
      const { Worker } = require('node:worker_threads');
      const other = (number) => new Promise((resolve) => {
        spawn('sh', ['-c', 'exit ' + number]).on('close', (exitCode) => resolve(exitCode));
      });
      const inWorker = (number) => new Promise((resolve, reject) => {
        const code = 'const { parentPort, workerData } = require("node:worker_threads");' +
          'const core = require("@proc/core"); const { PosixDriver } = require("./src/index.ts");' +
          'const { spawn } = require("node:child_process");' +
          'const manager = new core.Application({ providers: [core.ProcessServiceProvider], config: { process: { orphans: "leave" } } }).get(core.ProcessManager);' +
          'manager.extend("posix", () => new PosixDriver());' +
          'const one = async (n) => (await manager.command(["sh", "-c", "exit " + n]).driver("posix").run()).exitCode;' +
          'const silent = async (n) => (await manager.command(["sh", "-c", "exit " + n]).driver("posix").quietly().run()).exitCode;' +
          'const other = (n) => new Promise((resolve) => spawn("sh", ["-c", "exit " + n]).on("close", resolve));' +
          'Promise.all([one(workerData), silent(workerData), other(workerData)]).then((ends) => parentPort.postMessage(ends));';
        new Worker(code, { eval: true, workerData: number }).on('message', resolve).on('error', reject);
      });
      const ends = [];
      for (let round = 0; round < 20; round++) {
        const number = round + 1;
        ends.push(run('exit ' + number), other(number));
        if (round % 10 === 0) ends.push(inWorker(number).then((all) => all.every((end) => end === number) ? number : all));
        if (round % 5 === 0) ends.push(Promise.resolve(spawnSync('sh', ['-c', 'exit ' + number]).status));
      }
      const expected = [];
      for (let number = 1; number <= 20; number++) {
        expected.push(number, number);
        if ((number - 1) % 10 === 0) expected.push(number);
        if ((number - 1) % 5 === 0) expected.push(number);
      }
      require('node:assert').deepEqual(await Promise.all(ends), expected);
      await app.shutdown();
      // What Node has not asked for yet, it asks for in the next turns.
      const zombies = () => children().includes('Z');
      for (let turn = 0; turn < 1000 && zombies(); turn++) await new Promise(setImmediate);
      console.log('right', zombies());`;
    expect(await application(code)).toBe('right false\n');
  });

  it('hears of ends by SIGCHLD, also when its listeners have been removed', async () => {
    const code = `
      ${RUN}
      const ends = [await run('exit 3'), await run('kill -9 $$'), await run('kill -s ABRT $$')];
      process.removeAllListeners('SIGCHLD');
      ends.push(await run('exit 4'));
      const running = manager.run('sh', ['-c', 'sleep 0.2; exit 5']);
      setTimeout(() => process.removeAllListeners('SIGCHLD'), 50);
      ends.push((await running).exitCode);
      console.log(...ends);`;
    expect(await application(code)).toBe('3 SIGKILL SIGABRT 4 5\n');
  });

  it('lives as long as a program without any stream of ours, and no longer than the last one', async () => {
    const code = `
      const quiet = manager.command(['sh', '-c', 'sleep 0.3']).quietly();
      quiet.run().then(({ exitCode }) => console.log('ended', exitCode));`;
    expect(await application(code)).toBe('ended 0\n');
  });

  it('does not live as long as a detached program', async () => {
    const code = `
      const { pid } = await manager.command(['sleep', '600']).quietly().detach().start();
      console.log(pid);`;
    const pid = Number(await application(code));
    expect(process.kill(pid, 'SIGKILL')).toBe(true);
  });

  it('is told of a failure when somebody else has taken the end of a program', async () => {
    const code = `
      const wait = require('koffi').load(null).func('int waitpid(int, void *, int)');
      const running = await manager.start(['sh', '-c', 'exit 0']);
      wait(running.pid, null, 0);
      const result = await running.wait();
      console.log(result.exitCode, result.successful());`;
    expect(await application(code)).toBe('-1 false\n');
  });
});
