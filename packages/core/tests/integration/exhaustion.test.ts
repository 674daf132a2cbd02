import { describe, expect, it, jest } from '@jest/globals';
import { startApplication, type ApplicationOptions } from '../support/application.js';
import { onEveryDriver, testedDrivers } from '../support/drivers.js';
import { leftOut } from '../support/left-out.js';
import { sh } from '../support/programs.js';

jest.setTimeout(120_000);

/** A user of our own: the superuser has no limit of processes, and any other may have many already. */
const NOBODY = 2_000_000 + process.pid;
const linux = process.platform === 'linux';
const asRoot = linux && process.getuid?.() === 0 ? it : it.skip;
const onLinux = linux ? it : it.skip;
if (asRoot !== it) leftOut('only root can be a user without processes');
if (onLinux !== it) leftOut('only Linux has prlimit');

/** Starts more than there is room for, then one more when there is room again. */
const tooMany = (pending = "manager.command(['sleep', '60'])"): string => `
  const start = () => ${pending}.start().then((process) => process, (error) => error.code);
  const starts = await Promise.all(Array.from({ length: 60 }, start));
  const end = (start) => typeof start === 'string' ? start : (start.kill(), start.wait().then(() => 'ok'));
  const ends = await Promise.all(starts.map(end));
  const again = await manager.run('true');
  console.log([...new Set(ends)].sort().join(' '), again.exitCode, manager.activeProcesses.length);
`;
const TOO_MANY = `await manager.run('true'); ${tooMany()}`;

/** What needs more than one step to be started. */
const PRELUDES = [
  "manager.command(['sleep', '60']).mergeStderr().nice(1).limits({ files: 30 })",
  // Tried out before.
  "manager.command(['sleep', '60']).limits({ files: 30 }).group(process.getgid())",
];

/** An application of that user, who may have no more than 50 processes. */
const FEW_PROCESSES: ApplicationOptions = {
  uid: NOBODY,
  shell: 'exec prlimit --nproc=50:50 "$@"',
};

describe.each(testedDrivers)('an application (driver %s)', (driver) => {
  const outcome = (options: ApplicationOptions, code = TOO_MANY): Promise<string> =>
    startApplication(driver, code, options).printed;

  onLinux(
    'that has 64 descriptors survives, and starts processes again when there are some',
    async () => {
      // The limit comes when the driver is loaded: that needs more at once.
      const limit = `await manager.run('true');
      require('node:child_process').execFileSync('/bin/sh', ['-c', 'prlimit --pid $PPID --nofile=64:64']);`;
      expect(await outcome({}, limit + TOO_MANY)).toBe('ERR_PROC_RESOURCE_EXHAUSTED ok 0 0\n');
    },
  );

  onLinux('that has no descriptor for a file of the output is told so, and goes on', async () => {
    const code = `
      const { closeSync, openSync } = require('node:fs');
      await manager.run('true');
      const open = [];
      try { for (;;) open.push(openSync('/dev/null')); } catch {}
      const pending = manager.command('true').output({ stdout: { file: '/dev/null' } });
      const error = await pending.run().catch((error) => error);
      for (const descriptor of open) closeSync(descriptor);
      console.log(error.code, (await pending.run()).exitCode);`;
    const options = { shell: 'ulimit -n 64; exec "$@"' };
    expect(await outcome(options, code)).toBe('ERR_PROC_RESOURCE_EXHAUSTED 0\n');
  });

  onLinux.each([undefined, ...PRELUDES])(
    'that never had more than 64 survives as well: %s',
    async (pending) => {
      const options = { shell: 'ulimit -n 64; exec "$@"' };
      const once = 'ERR_PROC_RESOURCE_EXHAUSTED ok 0 0\n';
      expect(await outcome(options, `{ ${tooMany(pending)} } ${tooMany(pending)}`)).toBe(
        once + once,
      );
    },
  );

  onLinux('that runs out of descriptors again and again loses none of them', async () => {
    const code = `
      const { readdirSync } = require('node:fs');
      const counts = [];
      for (let round = 0; round < 4; round += 1) {
        ${tooMany()}
        // Sockets are closed within some turns of the event loop.
        for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
        counts.push(readdirSync('/proc/self/fd').length);
      }
      console.log(Math.max(...counts.slice(1)) <= counts[0] ? 'none lost' : counts.join(' '));`;
    const printed = await outcome({ shell: 'ulimit -n 64; exec "$@"' }, code);
    expect(printed.trim().split('\n').at(-1)).toBe('none lost');
  });

  onLinux('that has no descriptor left before its first start survives', async () => {
    const code = `
      const { closeSync, openSync } = require('node:fs');
      const held = [];
      try { for (;;) held.push(openSync('/dev/null')); } catch {}
      const free = (count) => held.splice(-count).forEach((descriptor) => closeSync(descriptor));
      const end = () => manager.run('true').then(({ exitCode }) => exitCode, (error) => error.code);
      const ends = [await end()];
      // Enough to begin with loading a driver.
      free(5);
      ends.push(await end());
      free(held.length);
      console.log(...ends, await end());`;
    const printed = await outcome({ shell: 'ulimit -n 64; exec "$@"' }, code);
    expect(printed).toMatch(/^ERR_PROC_RESOURCE_EXHAUSTED (ERR_PROC_RESOURCE_EXHAUSTED|0) 0\n$/);
  });

  onLinux('that has too few descriptors for a guard of its programs loses none to it', async () => {
    const code = `
      const { closeSync, openSync, readdirSync } = require('node:fs');
      // Loads the driver; what is detached has no guard.
      await manager.command('true').detach().run();
      const held = [];
      try { for (;;) held.push(openSync('/dev/null')); } catch {}
      // Enough for a program without pipes.
      held.splice(-3).forEach((descriptor) => closeSync(descriptor));
      const open = () => readdirSync('/proc/self/fd').length;
      const before = open();
      const ends = [];
      for (let run = 0; run < 3; run += 1) {
        ends.push((await manager.command('true').quietly().run()).exitCode, open() - before);
      }
      console.log(...ends);`;
    const printed = await outcome({ shell: 'ulimit -n 64; exec "$@"' }, code);
    expect(printed).toBe('0 0 0 0 0 0\n');
  });

  asRoot.each([undefined, ...PRELUDES])(
    'that may have no more than 50 processes survives: %s',
    async (pending) => {
      expect(await outcome(FEW_PROCESSES, tooMany(pending))).toBe(
        'ERR_PROC_RESOURCE_EXHAUSTED ok 0 0\n',
      );
    },
  );

  asRoot(
    'that may have no more processes survives, and starts some again when it may',
    async () => {
      expect(await outcome(FEW_PROCESSES)).toBe('ERR_PROC_RESOURCE_EXHAUSTED ok 0 0\n');
    },
  );

  asRoot('ends a program that forks as much as it may', async () => {
    const code = `
      const bomb = \`
        process.on('SIGTERM', () => {});
        const more = () => {
          require('node:child_process').spawn('sleep', ['1000'], { stdio: 'ignore' }).on('error', () => {
            process.stdout.write('enough ');
          });
          setImmediate(more);
        };
        more();
      \`;
      const pending = manager.command([globalThis.process.execPath, '-e', bomb]);
      const process = await pending.killWith('SIGTERM', 100).start();
      await process.expect('enough enough');
      const { signal, reason } = await process.stop();
      // What SIGKILL has hit is gone in a moment, not at once.
      const { spawnSync } = require('node:child_process');
      while (spawnSync('pgrep', ['-g', String(process.pid)]).status !== 1) await new Promise(setImmediate);
      console.log(signal, reason);`;
    expect(await outcome(FEW_PROCESSES, code)).toBe('SIGKILL stopped\n');
  });
});

onEveryDriver('a program without enough memory', ({ manager }) => {
  it('fails by itself, and this process goes on', async () => {
    const processes = manager();
    const code = 'const all = []; for (;;) all.push(Buffer.alloc(1e8));';
    const result = await processes.run(
      sh('ulimit -v 2000000; exec "$@"', process.execPath, '--max-old-space-size=64', '-e', code),
    );
    expect(result.failed()).toBe(true);
    expect(result.error).toBeNull();
    expect(await processes.run('true')).toMatchObject({ exitCode: 0 });
  });
});
