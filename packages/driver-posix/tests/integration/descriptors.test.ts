import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { Application, ProcessManager, ProcessServiceProvider } from '@proc/core';
import { PosixDriver } from '../../src/posix-driver.js';
import { PosixDriverServiceProvider } from '../../src/posix-driver-service-provider.js';
import { leftOut } from '../support/left-out.js';
import { application } from '../support/programs.js';

const supported = PosixDriver.isSupported();
const here = supported ? describe : describe.skip;
if (!supported) leftOut('the driver does not work on this system');
const onLinux = process.platform === 'linux' ? it : it.skip;
if (onLinux !== it) leftOut('only Linux shows the descriptors of a program');

jest.setTimeout(120_000);

const manager = (): ProcessManager => {
  const app = new Application({ providers: [ProcessServiceProvider, PosixDriverServiceProvider] });
  void app.boot();
  return app.get(ProcessManager);
};

/** As musl has it, and glibc before 2.34. */
const WITHOUT_CLOSE_FROM = `
  const koffi = require('@koromix/koffi-' + process.platform + '-' + process.arch);
  const { load } = koffi;
  koffi.load = (...args) => {
    const library = load(...args);
    const func = (declaration) => {
      if (declaration.includes('closefrom')) throw new Error('no such function');
      return library.func(declaration);
    };
    return { func, symbol: (name) => library.symbol(name) };
  };`;

here('a program', () => {
  onLinux('has no descriptor but 0, 1 and 2, whatever this process has open', async () => {
    const held = Array.from({ length: 20 }, () => openSync('/dev/null', 'r'));
    const other = manager().command(['sleep', '60']).interactive();
    await using running = await other.start();
    const { stdout } = await manager().run('ls', ['-l', '/proc/self/fd']);
    for (const descriptor of held) closeSync(descriptor);
    // All but the one by which it reads the list.
    const listed = stdout.split('\n').filter((line) => line.includes('->'));
    const names = listed.filter((line) => !line.includes('-> /proc/'));
    expect(names.map((line) => /(\d+) ->/.exec(line)?.[1])).toEqual(['0', '1', '2']);
    expect(running.running()).toBe(true);
  });

  onLinux.each([
    ['', ''],
    [', where the C library can not close all at once', WITHOUT_CLOSE_FROM],
  ])(
    'has none of those that this process was started with by somebody careless%s',
    async (_, before) => {
      const code = `
      ${before}
      const open = require('node:fs').readdirSync('/proc/self/fd');
      const { stdout } = await manager.run('ls', ['/proc/self/fd']);
      console.log(open.includes('97'), ...stdout.trim().split('\\n'));`;
      // 3 is that of the list itself. The other one has two digits, and so above what Node looks for: only bash has such.
      const shell = `exec bash -c 'exec 97</dev/null; exec "$@"' bash "$@"`;
      expect(await application(code, { shell })).toBe('true 0 1 2 3\n');
    },
  );

  it('prints all that it has to say, whoever had its descriptors before', async () => {
    // Of many lengths, so that some become sockets, and end, while others begin.
    const script = (run: number): string =>
      `head -c ${run % 2}00000 /dev/zero; sleep 0.0${run % 4}; head -c 200000 /dev/zero`;
    let run = 0;
    const lengths = new Set<number>();
    const processes = manager();
    const one = async (): Promise<void> => {
      while (run < 1000) {
        const line = script(run++);
        const result = await processes.command(['sh', '-c', line]).timeout('30s').run();
        lengths.add(result.stdout.length);
      }
    };
    await Promise.all(Array.from({ length: 12 }, one));
    expect([...lengths].sort()).toEqual([200_000, 300_000]);
  });

  it('has one descriptor for both streams when they are merged', async () => {
    const script =
      'for (const fd of [1, 2]) process.stdout.write(require("node:fs").fstatSync(fd).ino + " ");' +
      'process.stderr.write("end")';
    const node = [process.execPath, '-e', script];
    const merged = (await manager().command(node).mergeStderr().run()).stdout.split(' ');
    expect(merged).toEqual([merged[0], merged[0], 'end']);
    const apart = (await manager().command(node).run()).stdout.split(' ');
    expect(apart[0]).not.toBe(apart[1]);
  });

  onLinux(
    'loses nothing that it writes right before it exits, as long as a socket would hold it',
    async () => {
      const script = "process.stdout.write('x'.repeat(200_000)); process.exit(0)";
      // Nobody reads until it has ended.
      const handle = await new PosixDriver().start(launchOf([process.execPath, '-e', script]));
      expect(await handle.exited).toEqual({ exitCode: 0, signal: null });
      let size = 0;
      for await (const chunk of handle.stdout ?? []) size += (chunk as Buffer).length;
      expect(size).toBe(200_000);
    },
  );

  it('can open /dev/stdout, /dev/stderr and /dev/stdin', async () => {
    const line = 'cat /dev/stdin >/dev/stdout; echo err >/dev/stderr';
    const result = await manager().command(['sh', '-c', line]).input('in').run();
    expect([result.stdout, result.stderr]).toEqual(['in', 'err\n']);
  });

  it('is ended by SIGPIPE when nobody reads any more', async () => {
    const handle = await new PosixDriver().start(launchOf(['yes']));
    handle.stdout?.once('data', () => handle.stdout?.destroy());
    expect(await handle.exited).toEqual({ exitCode: null, signal: 'SIGPIPE' });
  });

  it('begins with no signal ignored and none blocked', async () => {
    if (process.platform !== 'linux') {
      leftOut('only Linux shows the signals of a program');
      return;
    }
    const { stdout } = await manager().run('cat', ['/proc/self/status']);
    const masks = stdout.split('\n').filter((line) => /^Sig(Blk|Ign):/.test(line));
    expect(masks.map((line) => Number(`0x${line.slice(7).trim()}`))).toEqual([0, 0]);
  });

  it('reads and writes the descriptors that it is given, also those of standard streams', async () => {
    const file = join(tmpdir(), `posix-given-${process.pid}`);
    writeFileSync(file, '');
    const written = openSync(file, 'a');
    try {
      const handle = await new PosixDriver().start({
        ...launchOf(['sh', '-c', 'echo out; echo err >&2']),
        stdout: { fd: written },
        stderr: 'stdout',
      });
      expect(await handle.exited).toEqual({ exitCode: 0, signal: null });
      expect(readFileSync(file, 'utf8')).toBe('out\nerr\n');
    } finally {
      closeSync(written);
      rmSync(file);
    }
    const swapped = `
      const handle = await new PosixDriver().start({ ...${JSON.stringify(launchOf(['sh', '-c', 'echo out; echo err >&2']))},
        stdin: 'null', stdout: { fd: 2 }, stderr: { fd: 1 } });
      await handle.exited;`;
    expect(await application(swapped)).toBe('err\n');
  });

  it('gets its streams also in an application that has closed its own', async () => {
    const code = `
      const { closeSync, writeFileSync } = require('node:fs');
      const heard = [];
      const run = async () => {
        const { stdout, stderr } = await manager.command(['sh', '-c', 'cat; echo err >&2']).input('in').run();
        heard.push(stdout, stderr.trim());
      };
      closeSync(0);
      await run();
      for (const descriptor of [1, 2]) closeSync(descriptor);
      await run();
      writeFileSync(9, heard.join(' '));`;
    expect(await application(code, { shell: 'exec 9>&1; exec "$@"' })).toBe('in err in err');
  });
});

function launchOf(command: readonly string[]): Parameters<PosixDriver['start']>[0] {
  const [file = '', ...args] = command;
  const spec = manager()
    .command([file, ...args])
    .toSpec();
  return {
    spec,
    file,
    args,
    cwd: null,
    env: { PATH: '/usr/bin:/bin' },
    stdin: 'null',
    stdout: 'pipe',
    stderr: 'pipe',
    processGroup: true,
    detached: false,
    uid: null,
    gid: null,
    nice: null,
    limits: spec.limits,
    ipc: null,
    verbatimArguments: false,
  };
}
