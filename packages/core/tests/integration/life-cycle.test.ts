import { setImmediate } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { ProcessFailedError, ProcessTimedOutError, type RunningProcess } from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { sh } from '../support/programs.js';

const SLEEP = ['sleep', '1000'] as const;

onEveryDriver('a process that runs', ({ manager }) => {
  it('is no success yet, and has no exit code, signal or meaning', async () => {
    const processes = manager();
    const process = await processes.command(sh('echo up; read x')).interactive().start();
    const soFar = await process.waitUntil('up');
    expect(soFar).toMatchObject({ exitCode: null, signal: null, exitText: '', endedAt: null });
    expect(soFar.successful()).toBe(false);
    expect(processes.find(process.id)).toMatchObject({ status: 'running', exitCode: null });
    await process.write('\n');
    const result = await process.wait();
    expect(result).toMatchObject({ exitCode: 0, exitText: 'OK' });
    expect(result.successful()).toBe(true);
    expect(processes.find(process.id)).toMatchObject({ status: 'exited', exitCode: 0 });
  });

  it('times out although nobody waits for it, but only asks how it is', async () => {
    const process = await manager().start(SLEEP, { timeout: 100 });
    while (process.running()) await setImmediate();
    expect(process.status()).toBe('timedOut');
    await expect(process.wait()).rejects.toThrow(ProcessTimedOutError);
  });

  it('that ended in time is not said to have timed out', async () => {
    const process = await manager().start(['true'], { timeout: '1h' });
    await process.wait();
    process.ensureNotTimedOut();
    expect(process.status()).toBe('exited');
  });

  it.each([
    [0, 'exit'],
    [123, 'exit'],
    [0, 'sleep 0.2; exit'],
    [123, 'sleep 0.2; exit'],
  ])('answers inside its output callback, and exits with %d after "%s"', async (code, line) => {
    const answers: unknown[] = [];
    const processes = manager();
    const result = await processes.run(sh(`echo x; ${line} ${code}`), () => {
      const [running] = processes.activeProcesses;
      answers.push(running?.pid, running?.status(), running?.output());
      for (let times = 0; times < 100; times++) running?.running();
    });
    expect(answers).toEqual([result.pid, expect.any(String), 'x\n']);
    expect(result.exitCode).toBe(code);
  });
});

onEveryDriver('a description', ({ manager }) => {
  it('can be started while a process of it runs, and gives another process', async () => {
    const pending = manager().command(SLEEP);
    const [first, second] = [await pending.start(), await pending.start()];
    expect(first.pid).toBeGreaterThan(0);
    expect(second.pid).toBeGreaterThan(0);
    expect(second.pid).not.toBe(first.pid);
    expect(second.id).not.toBe(first.id);
    await second.stop();
    expect([first.running(), second.running()]).toEqual([true, false]);
    await first.stop();
  });

  it('can be started again after a timeout', async () => {
    const pending = manager().command(SLEEP).timeout(50);
    await expect(pending.run()).rejects.toThrow(ProcessTimedOutError);
    const process = await pending.forever().start();
    expect([process.running(), process.status()]).toEqual([true, 'running']);
    await process.stop();
  });

  it('that changes does not reach the process that it has started', async () => {
    const pending = manager().command(sh('cat; pwd')).path('/').input('first\n');
    const process: RunningProcess = await pending.start();
    pending.input('second\n').path('/tmp').command(['false']).timeout(1);
    expect(await process.wait()).toMatchObject({ exitCode: 0, stdout: 'first\n/\n' });
  });
});

onEveryDriver('a command', ({ manager }) => {
  it('may be a list that is frozen, and leaves the lists that it is given as they are', async () => {
    const processes = manager();
    const command = Object.freeze(['echo', 'a  b']);
    const args = Object.freeze(['', 'c']);
    const options = Object.freeze({ env: Object.freeze({ A: '1' }), timeout: '1h' as const });
    expect((await processes.run(command, options)).stdout).toBe('a  b\n');
    expect((await processes.run('echo', args, options)).stdout).toBe(' c\n');
    expect([command, args, options]).toEqual([
      ['echo', 'a  b'],
      ['', 'c'],
      { env: { A: '1' }, timeout: '1h' },
    ]);
  });
});

onEveryDriver('a shell', ({ manager }) => {
  it('tells by its exit code that there is no such command', async () => {
    const result = await manager().run('not-there-at-all; exit $?');
    expect(result).toMatchObject({ exitCode: 127, exitText: 'Command not found', error: null });
  });

  it('runs one command after the other', async () => {
    const processes = manager();
    expect((await processes.run('echo 1; echo 2')).stdout).toBe('1\n2\n');
    expect((await processes.run('echo 1 && echo 2')).stdout).toBe('1\n2\n');
  });

  it('keeps empty arguments', async () => {
    expect((await manager().run(`printf '<%s>' '' a "" ''`)).stdout).toBe('<><a><><>');
  });
});

onEveryDriver('output', ({ manager }) => {
  it('of a single 0 is output', async () => {
    const process = await manager().start(sh('printf 0; printf 0 >&2'));
    const result = await process.wait();
    expect([process.output(), process.latestOutput(), process.latestOutput()]).toEqual([
      '0',
      '0',
      '',
    ]);
    expect(result).toMatchObject({ stdout: '0', stderr: '0' });
    expect([result.lines(), result.json(), result.seeInOutput('0')]).toEqual([['0'], 0, true]);
  });

  it('that is not kept is not in the error of a failure either', async () => {
    const run = manager().command(sh('echo secret; echo plans >&2; exit 4')).quietly().runOrFail();
    const error = await run.catch((reason: unknown) => reason);
    expect(ProcessFailedError.is(error)).toBe(true);
    expect(String(error)).toContain('exit code 4');
    expect(String(error)).not.toMatch(/output:/i);
  });

  it('that is not kept reaches a callback that is given to wait()', async () => {
    const chunks: string[] = [];
    const process = await manager().command(sh('read x; echo $x')).interactive().quietly().start();
    const wait = process.wait((type, chunk) => void chunks.push(type, chunk));
    await process.write('late\n');
    expect((await wait).stdout).toBe('');
    expect(chunks).toEqual(['out', 'late\n']);
  });

  it('that is not kept and not read keeps no program from ending', async () => {
    const process = await manager()
      .command(sh('head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2'))
      .quietly()
      .start();
    expect(await process.wait()).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });
});
