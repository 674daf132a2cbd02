import { expect, it } from '@jest/globals';
import {
  ProcessKilled,
  type PendingProcess,
  type ProcessResult,
  type RunningProcess,
} from '@proc/core';
import { groupAlive } from '../../src/drivers/process-group.js';
import { onEveryDriver } from '../support/drivers.js';
import { Lifeline } from '../support/lifeline.js';
import { sh } from '../support/programs.js';

/** Whether the group that a process led has a member left. */
const groupLives = (pid: number | undefined): boolean => groupAlive(Number(pid));

/** Resolves when the program has ended itself, and its output is still waited for. */
async function hasExited(running: RunningProcess): Promise<void> {
  while (running.kill(0)) await new Promise(setImmediate);
}

const LEAVES = 'sleep 1000 & echo hi';

onEveryDriver('what a command leaves in the background', ({ manager, recorded }) => {
  it('does not keep the result back, and is not disturbed', async () => {
    using lifeline = new Lifeline();
    const processes = manager();
    const result = await processes.run(sh(lifeline.hold(LEAVES)));
    expect(result).toMatchObject({ exitCode: 0, stdout: 'hi\n', outputHeldOpen: true });
    expect([1, 2, 3].map(() => groupLives(result.pid))).toEqual([true, true, true]);
    await processes.shutdown();
    expect(groupLives(result.pid)).toBe(false);
    await lifeline.released();
  });

  it('is waited for as long as it is told to be', async () => {
    const line = sh('(sleep 0.4; echo late) & echo hi');
    const processes = manager({ drain: { idle: '10ms' } });
    expect(await processes.run(line)).toMatchObject({ stdout: 'hi\n', outputHeldOpen: true });
    const patient = await processes.command(line).drain({ idle: '20s', longest: '30s' }).run();
    expect(patient).toMatchObject({ stdout: 'hi\nlate\n', outputHeldOpen: false });
    const hurried = await processes.run(sh('(while :; do echo x; sleep 0.01; done) & echo hi'), {
      drain: { idle: '20s', longest: '50ms' },
    });
    expect(hurried).toMatchObject({ exitCode: 0, outputHeldOpen: true });
  });

  it.each<[string, (run: PendingProcess) => Promise<ProcessResult>]>([
    ['a timeout', (run) => run.timeout(500).run()],
    [
      'an abort',
      async (run) => {
        const controller = new AbortController();
        const running = await run.abortWith(controller.signal).start();
        await hasExited(running);
        controller.abort();
        return running.wait();
      },
    ],
    [
      'a stop',
      async (run) => {
        const running = await run.start();
        await hasExited(running);
        return running.stop();
      },
    ],
  ])('is waited for no longer than usual after %s', async (_, ending) => {
    using lifeline = new Lifeline();
    const processes = manager({ drain: { idle: '1h', longest: '1h' } });
    const holds = sh(lifeline.hold('sleep 20 & echo hi'));
    const result = await ending(processes.command(holds));
    expect(result).toMatchObject({ exitCode: 0, reason: null, outputHeldOpen: true });
    expect(result.stdout).toBe('hi\n');
    await processes.shutdown();
    await lifeline.released();
  });

  it('is waited for no longer than usual once the program itself was stopped', async () => {
    const apart = `{ detached: true, stdio: 'inherit' }`;
    const script = `
      console.log(require('node:child_process').spawn('sleep', ['20'], ${apart}).pid);
      setInterval(() => {}, 1000);`;
    const processes = manager({ drain: { idle: '1h', longest: '1h' } });
    const running = await processes.command([process.execPath, '-e', script]).start();
    await running.expect(/\d+\n/);
    const result = await running.stop();
    process.kill(Number(result.stdout), 'SIGKILL');
    expect(result).toMatchObject({ reason: 'stopped', outputHeldOpen: true });
  });

  it('ends with the timeout, before the result is given where that is near', async () => {
    const { manager: processes, events } = recorded();
    const result = await processes.command(sh(LEAVES)).timeout(300).run();
    expect(result).toMatchObject({ exitCode: 0, stdout: 'hi\n', outputHeldOpen: true });
    expect(groupLives(result.pid)).toBe(false);
    expect(events.of(ProcessKilled).map(({ signal }) => signal)).toEqual(['SIGTERM']);
  });

  it('ends with the timeout by the signal, also where it was stopped', async () => {
    const { manager: processes, events } = recorded();
    const leaves = sh('sleep 1000 & kill -s STOP $!; echo hi');
    const result = await processes.command(leaves).timeout(300).grace('1h').run();
    expect(result).toMatchObject({ exitCode: 0, outputHeldOpen: true });
    expect(groupLives(result.pid)).toBe(false);
    expect(events.of(ProcessKilled).map(({ signal }) => signal)).toEqual(['SIGTERM']);
  });

  it('ends at the shutdown by the signal, also where it was stopped', async () => {
    using lifeline = new Lifeline();
    const processes = manager({ grace: '1h' });
    const leaves = lifeline.hold('sleep 1000 & kill -s STOP $!; echo hi');
    expect(await processes.run(sh(leaves))).toMatchObject({ outputHeldOpen: true });
    await processes.shutdown();
    await lifeline.released();
  });

  it('ends with the timeout, by SIGKILL where it ignores the signal', async () => {
    const stubborn = `(trap '' TERM; echo deaf; while :; do sleep 1; done) & read -r line < /dev/null; sleep 0.1; echo hi`;
    const { manager: processes, events } = recorded();
    const result = await processes
      .command(sh(stubborn))
      .timeout('1s')
      .drain({ idle: 500 })
      .killWith('SIGTERM', 50)
      .run();
    expect(result).toMatchObject({ exitCode: 0, outputHeldOpen: true });
    expect(events.of(ProcessKilled).map(({ signal }) => signal)).toEqual(['SIGTERM', 'SIGKILL']);
    // What SIGKILL has hit is gone in a moment, not at once.
    while (groupLives(result.pid)) await new Promise(setImmediate);
  });

  it('ends with a timeout that is still far, long after the result', async () => {
    using lifeline = new Lifeline();
    const result = await manager()
      .command(sh(lifeline.hold(LEAVES)))
      .timeout(1500)
      .run();
    expect(result).toMatchObject({ exitCode: 0, stdout: 'hi\n', outputHeldOpen: true });
    expect(groupLives(result.pid)).toBe(true);
    await lifeline.released();
  });

  it('ends with a timeout also where it holds no output', async () => {
    using lifeline = new Lifeline();
    const quiet = lifeline.hold('sleep 1000 >/dev/null 2>&1 & echo hi');
    const result = await manager().command(sh(quiet)).timeout(700).run();
    expect(result).toMatchObject({ exitCode: 0, stdout: 'hi\n', outputHeldOpen: false });
    await lifeline.released();
  });

  it('stays when the manager leaves orphans alone', async () => {
    using lifeline = new Lifeline();
    const processes = manager({ orphans: 'leave' });
    const result = await processes.run(sh(lifeline.hold(LEAVES)));
    await processes.shutdown();
    expect(groupLives(result.pid)).toBe(true);
    process.kill(-Number(result.pid), 'SIGKILL');
    await lifeline.released();
  });
});
