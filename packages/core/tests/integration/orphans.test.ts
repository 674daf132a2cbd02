import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { startApplication } from '../support/application.js';
import { onEveryDriver, testedDrivers } from '../support/drivers.js';
import { Lifeline } from '../support/lifeline.js';

jest.setTimeout(60_000);

/** Starts an application that starts a process, and tells it to end once that is up. */
function application(...args: readonly string[]): ChildProcess {
  return fork(join(__dirname, '../fixtures/parent.cjs'), args, {
    execArgv: ['--require', join(__dirname, '../support/register-sources.cjs')],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** `T` where it is stopped. */
function stateOf(pid: number | undefined): string {
  return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}

const TREE = 'sleep 1000 & sleep 1000 & wait';

describe.each(testedDrivers)('the processes of an application (driver %s)', (driver) => {
  it.each([
    ['exit', 3, null],
    ['throw', 1, null],
  ])('go with it when it ends by %s', async (end, code, signal) => {
    using lifeline = new Lifeline();
    const app = application(driver, end, lifeline.hold(TREE));
    const exit = once(app, 'exit');
    await lifeline.pids(1);
    app.send('go');
    expect(await exit).toEqual([code, signal]);
    await lifeline.released();
  });

  it('go with it when it is killed', async () => {
    using lifeline = new Lifeline();
    const app = application(driver, 'wait', lifeline.hold(TREE));
    const exit = once(app, 'exit');
    await Promise.all([lifeline.pids(1), once(app, 'message')]);
    app.kill('SIGKILL');
    expect(await exit).toEqual([null, 'SIGKILL']);
    await lifeline.released();
  });

  it('go with it when it is killed, even if they ignore SIGTERM', async () => {
    using lifeline = new Lifeline();
    const stubborn = `trap '' TERM; ${lifeline.hold('while :; do sleep 1; done')}`;
    const app = application(driver, 'wait', stubborn);
    await Promise.all([lifeline.pids(1), once(app, 'message')]);
    app.kill('SIGKILL');
    await lifeline.released();
  });

  it.each(['exit', 'wait'])('may end by themselves though they were stopped (%s)', async (end) => {
    using lifeline = new Lifeline();
    const last = `${lifeline.path}.last`;
    const code = `trap 'echo bye > "${last}"; exit' TERM; kill -s STOP $$; while :; do sleep 1; done`;
    const app = application(driver, end, lifeline.hold(code));
    const [pid] = await lifeline.pids(1);
    while (!stateOf(pid).startsWith('T')) await setImmediate();
    if (end === 'exit') app.send('go');
    else app.kill('SIGKILL');
    await lifeline.released();
    expect(readFileSync(last, 'utf8')).toBe('bye\n');
  });

  it('go with it when it is killed, also what a command has left in the background', async () => {
    using lifeline = new Lifeline();
    const app = application(driver, 'settle', lifeline.hold('sleep 1000 >/dev/null 2>&1 &'));
    await once(app, 'message');
    const [pid] = await lifeline.pids(1);
    expect(process.kill(-Number(pid), 0)).toBe(true);
    app.kill('SIGKILL');
    await lifeline.released();
  });

  it('go with it when it is killed, the first and the last of many', async () => {
    using lifeline = new Lifeline();
    // More come and go in between than the guard is told of at once.
    const line = JSON.stringify(lifeline.hold('exec sleep 1000'));
    const code = `
      const start = () => manager.command(['/bin/sh', '-c', ${line}]).start();
      const first = await start();
      for (let count = 0; count < 100; count++) await manager.run('true');
      const last = await start();
      console.log('up');
      await Promise.all([first.wait(), last.wait()]);`;
    const { child, printed } = startApplication(driver, code);
    await Promise.all([lifeline.pids(2), once(child.stdout ?? child, 'data')]);
    child.kill('SIGKILL');
    await expect(printed).rejects.toThrow('SIGKILL');
    await lifeline.released();
  });

  it('are shut down on a signal that it listens for, which then ends it', async () => {
    using lifeline = new Lifeline();
    const app = application(driver, 'listen', lifeline.hold(TREE));
    const exit = once(app, 'exit');
    await Promise.all([lifeline.pids(1), once(app, 'message')]);
    app.kill('SIGINT');
    expect(await exit).toEqual([null, 'SIGINT']);
    await lifeline.released();
  });

  it('keep it alive when they are detached as long as it waits for them', async () => {
    using lifeline = new Lifeline();
    const app = application(driver, 'run', lifeline.hold('sleep 0.3; exit 7'), 'detached');
    const [told, exit] = await Promise.all([once(app, 'message'), once(app, 'exit')]);
    expect([told[0], ...(exit as readonly unknown[])]).toEqual([7, 0, null]);
    await lifeline.released();
  });

  it('outlive it when they are detached, and do not keep it alive', async () => {
    using lifeline = new Lifeline();
    const app = application(driver, 'dry', lifeline.hold('exec sleep 1000'), 'detached');
    const exit = once(app, 'exit');
    const [pid] = await lifeline.pids(1);
    app.send('go');
    expect(await exit).toEqual([0, null]);
    expect(process.kill(Number(pid), 0)).toBe(true);
    process.kill(Number(pid), 'SIGKILL');
    await lifeline.released();
  });
});

onEveryDriver('a detached process', ({ manager }) => {
  it('writes to its files by itself, and is not captured', async () => {
    using lifeline = new Lifeline();
    const process = await manager()
      .command(['/bin/sh', '-c', lifeline.hold('echo out')])
      .output({ stdout: { file: `${lifeline.path}.out` } })
      .detach()
      .start();
    await lifeline.pids(1);
    await lifeline.released();
    const result = await process.wait();
    expect(result).toMatchObject({ exitCode: 0, stdout: '' });
    expect(readFileSync(`${lifeline.path}.out`, 'utf8')).toBe('out\n');
  });

  it('does not lose its stderr when that is merged into the file of stdout', async () => {
    using lifeline = new Lifeline();
    const file = `${lifeline.path}.merged`;
    const pending = manager()
      .command(['/bin/sh', '-c', 'echo a; echo b >&2; echo c'])
      .output({ stdout: { file } })
      .mergeStderr()
      .detach();
    expect((await pending.run()).exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('a\nb\nc\n');
  });

  it('outlives the shutdown of its manager', async () => {
    using lifeline = new Lifeline();
    const processes = manager();
    const process = await processes
      .command(['/bin/sh', '-c', lifeline.hold('sleep 1000')])
      .detach()
      .start();
    await lifeline.pids(1);
    await processes.shutdown();
    expect(process.running()).toBe(true);
    expect(await process.stop()).toMatchObject({ reason: 'stopped' });
    await lifeline.released();
  });

  it('can still be stopped by hand', async () => {
    using lifeline = new Lifeline();
    const process = await manager()
      .command(['/bin/sh', '-c', lifeline.hold('sleep 1000')])
      .detach()
      .start();
    await lifeline.pids(1);
    expect(await process.stop()).toMatchObject({ reason: 'stopped' });
    await lifeline.released();
  });
});
