import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { getEventListeners, once } from 'node:events';
import { expect, it, jest } from '@jest/globals';
import {
  ProcessCancelledError,
  ProcessOutput,
  ProcessStarting,
  type ProcessManager,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { leftOut } from '../support/left-out.js';
import { script, sh } from '../support/programs.js';

onEveryDriver('100,000 lines on both streams in turn', ({ manager }) => {
  it('arrive in order, each stream whole', async () => {
    const code = `
      const streams = [process.stdout, process.stderr];
      let n = 0;
      const more = () => {
        while (n < 100000) {
          const stream = streams[n % 2];
          if (!stream.write(n++ + '\\n')) return void stream.once('drain', more);
        }
      };
      more();`;
    const texts = { out: '', err: '' };
    const process = await manager().start(script(code), (type, chunk) => {
      texts[type] += chunk;
    });
    const times: number[] = [];
    for await (const { at } of process.chunks()) times.push(at);
    const result = await process.wait();
    const wanted = (first: number): string =>
      Array.from({ length: 50_000 }, (_, index) => `${2 * index + first}\n`).join('');
    for (const [first, seen, kept] of [
      [0, texts.out, result.stdout],
      [1, texts.err, result.stderr],
    ] as const) {
      expect(seen === wanted(first)).toBe(true);
      expect(kept === wanted(first)).toBe(true);
    }
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });
});

onEveryDriver('one process', ({ manager, recorded }) => {
  it('may be waited for, read and stopped by a thousand at once without a warning', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const { signal } = new AbortController();
    const running = await manager()
      .command(sh('read x; echo up; exec sleep 1000'))
      .interactive()
      .abortWith(signal)
      .start();
    const lines = async (): Promise<string> => {
      for await (const line of running.lines()) return line;
      return 'none';
    };
    const each = <T>(ask: () => Promise<T>): Promise<T>[] => Array.from({ length: 1000 }, ask);
    const chunks = async (): Promise<string> => {
      for await (const { chunk } of running.chunks()) return chunk.trim();
      return 'none';
    };
    const reading = [...each(lines), ...each(chunks)];
    const waiting = [...each(() => running.wait()), ...each(() => running.exitCode)];
    await running.write('\n');
    expect(new Set(await Promise.all(reading))).toEqual(new Set(['up']));
    const stops = each(() => running.stop());
    expect(new Set(await Promise.all(stops)).size).toBe(1);
    expect(new Set(await Promise.all(waiting)).size).toBe(2);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('is not held up by a listener that never finishes, and other listeners hear everything', async () => {
    const { manager: processes, events } = recorded();
    events.onEvent = (event) =>
      event instanceof ProcessOutput ? new Promise(() => undefined) : undefined;
    const chunks: string[] = [];
    const result = await processes.run(
      sh('echo 1; sleep 0.1; echo 2'),
      (_, chunk) => void chunks.push(chunk),
    );
    expect(result).toMatchObject({ exitCode: 0, stdout: '1\n2\n' });
    expect(chunks.join('')).toBe('1\n2\n');
    expect(events.of(ProcessOutput).map(({ chunk }) => chunk)).toEqual(chunks);
  });
});

onEveryDriver('a listener that never says whether a process may start', ({ recorded }) => {
  it.each<[string, (manager: ProcessManager, controller: AbortController) => unknown]>([
    ['an abort', (_, controller) => controller.abort(new Error('enough'))],
    ['a shutdown', (processes) => processes.shutdown()],
  ])('does not keep the run from %s', async (_, end) => {
    const { manager, events } = recorded();
    const asked = new Promise<void>((resolve) => {
      events.onEvent = (event) => {
        if (!(event instanceof ProcessStarting)) return undefined;
        resolve();
        return new Promise(() => undefined);
      };
    });
    const controller = new AbortController();
    const run = manager.run(['true'], { signal: controller.signal });
    const outcome = run.catch((error: unknown) => error);
    await asked;
    await end(manager, controller);
    expect(ProcessCancelledError.is(await outcome)).toBe(true);
    expect(manager.list()).toHaveLength(0);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });
});

const onLinux = process.platform === 'linux' ? it : it.skip;
if (onLinux !== it) leftOut('only Linux lists descriptors in /proc');

onEveryDriver('a process', ({ manager }) => {
  onLinux('has its three streams, and no other descriptor of ours', async () => {
    const processes = manager();
    const list = sh('exec ls /proc/self/fd');
    // What this process has been given by its own parent it passes on, as Node does.
    const inherited = (await processes.command(list).run()).lines();
    expect(inherited).toEqual(expect.arrayContaining(['0', '1', '2']));
    const file = openSync('/dev/null', 'r');
    const server = createServer().listen(0);
    await once(server, 'listening');
    try {
      // A second process beside it, whose streams are not its own either.
      await using _ = await processes.command(['cat']).interactive().start();
      for (const pending of [
        processes.command(list),
        processes.command(list).mergeStderr(),
        processes.command(list).input('x'),
      ]) {
        expect((await pending.run()).lines()).toEqual(inherited);
      }
    } finally {
      closeSync(file);
      server.close();
    }
  });
});
