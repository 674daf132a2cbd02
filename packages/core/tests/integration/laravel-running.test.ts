import { expect, it } from '@jest/globals';
import { OutputCallbackError, type RunningProcess } from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { sh } from '../support/programs.js';

onEveryDriver('a running process, as Laravel has it', ({ manager }) => {
  const start = (line: string): Promise<RunningProcess> => manager().start(sh(line));

  it('shows its output to the callback given at the start', async () => {
    const seen: string[] = [];
    const process = await manager().start(sh('echo out; echo err >&2'), (type, chunk) => {
      seen.push(`${type} ${chunk}`);
    });
    await process.wait();
    expect(seen.sort()).toEqual(['err err\n', 'out out\n']);
  });

  it('shows its output to the callback given to wait()', async () => {
    const seen: string[] = [];
    const process = await start('echo out; echo err >&2');
    await process.wait((type, chunk) => void seen.push(`${type} ${chunk}`));
    expect(seen.sort()).toEqual(['err err\n', 'out out\n']);
  });

  it('shows wait() what was printed before, where no callback was given at the start', async () => {
    const seen: string[] = [];
    const process = await manager()
      .command(sh('echo one; echo two >&2; read x; echo three'))
      .interactive()
      .start();
    await process.expect('one');
    await process.expect('two');
    const wait = process.wait((type, chunk) => void seen.push(`${type} ${chunk}`));
    await process.write('\n');
    const result = await wait;
    expect(seen.splice(0, 2).sort()).toEqual(['err two\n', 'out one\n']);
    expect(seen).toEqual(['out three\n']);
    expect(result).toMatchObject({ stdout: 'one\nthree\n', outputHeldOpen: false });
  });

  it('waits for a callback that takes its time with what was printed before', async () => {
    const seen: string[] = [];
    const process = await start('echo one');
    await process.expect('one');
    const result = await process.wait(async (_, chunk) => {
      // As long as output is waited for that a descendant holds open.
      const other = await manager().run(sh('sleep 60 & echo two'));
      expect(other.outputHeldOpen).toBe(true);
      seen.push(chunk);
    });
    expect(seen).toEqual(['one\n']);
    expect(result.outputHeldOpen).toBe(false);
  });

  it('shows wait() everything even after the end, and waits until it has been taken', async () => {
    const seen: string[] = [];
    const process = await start('echo one; echo two');
    await process.exitCode;
    await process.wait(async (_, chunk) => {
      await new Promise(setImmediate);
      seen.push(chunk);
    });
    expect(seen.join('')).toBe('one\ntwo\n');
  });

  it('tells of a callback that fails at what was printed before, also after the end', async () => {
    const mine = new Error('no more');
    const fail = (): never => {
      throw mine;
    };
    const running = await manager().command(sh('echo one; read x')).interactive().start();
    await running.expect('one');
    const ended = await start('echo one');
    await ended.wait();
    for (const process of [running, ended]) {
      const error: unknown = await process.wait(fail).catch((reason: unknown) => reason);
      expect(OutputCallbackError.is(error)).toBe(true);
      expect(error).toMatchObject({ cause: mine, result: { reason: 'callbackFailed' } });
    }
    expect((await ended.wait()).reason).toBeNull();
  });

  it('does not wait for a callback that never takes what was printed before, once it is stopped', async () => {
    const process = await start('echo one; exec sleep 1000');
    await process.expect('one');
    const wait = process.wait(() => new Promise(() => undefined));
    expect((await process.stop()).reason).toBe('stopped');
    expect((await wait).reason).toBe('stopped');
  });

  it('is still known by its pid when it has ended, but is sent no signal any more', async () => {
    const process = await start('exit 0');
    const { pid } = process;
    await process.wait();
    expect(pid).toBeGreaterThan(0);
    expect([process.pid, process.running(), process.kill(0), process.kill()]).toEqual([
      pid,
      false,
      false,
      false,
    ]);
  });

  it('gives a second wait the result of the first, and its callback nothing', async () => {
    const seen: string[] = [];
    const process = await start('echo out');
    const first = await process.wait((_, chunk) => void seen.push(chunk));
    expect(await process.wait((_, chunk) => void seen.push(`again ${chunk}`))).toBe(first);
    expect(seen).toEqual(['out\n']);
  });

  it('shows waitUntil() after the end what no waitUntil() has seen', async () => {
    const seen: string[] = [];
    const process = await start('echo out');
    await process.wait();
    const look = (_: string, text: string): boolean => {
      seen.push(text);
      return false;
    };
    await process.waitUntil(look);
    await process.waitUntil(look);
    expect(seen).toEqual(['out\n']);
  });

  it('takes waitUntil() without a test for wait()', async () => {
    const process = await start('echo one; echo two');
    expect((await process.waitUntil()).output()).toBe('one\ntwo\n');
    expect(process.running()).toBe(false);
  });
});
