import { expect, it } from '@jest/globals';
import type { RunningProcess } from '@proc/core';
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
