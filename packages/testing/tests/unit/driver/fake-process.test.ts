import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { LaunchSpec, ProcessHandle } from '@proc/core';
import { FakeDriver, FakeProcessDescription, type FakeHandler } from '@proc/testing';
import { ConformanceContext } from '@proc/testing/conformance';

const describeFake = (): FakeProcessDescription => new FakeProcessDescription();
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the handle of a fake', () => {
  let context: ConformanceContext;

  beforeEach(() => {
    context = new ConformanceContext(new FakeDriver());
  });

  afterEach(() => context.close());

  const start = (fake: FakeHandler, changes: Partial<LaunchSpec> = {}): Promise<ProcessHandle> =>
    new FakeDriver({ fakes: () => fake as never }).start(context.launchOf('print', [], changes));

  it('lets a signal reach the descendant that holds the output open', async () => {
    const handle = await start(describeFake().output('x').holdsOutputOpen());
    await handle.exited;
    expect(handle.groupAlive?.()).toBe(true);
    const ended = new Promise((resolve) => handle.stdout?.once('end', resolve).resume());

    expect(handle.signal('SIGTERM')).toBe(true);

    await ended;
    expect(handle.groupAlive?.()).toBe(false);
    expect(handle.signal('SIGTERM')).toBe(false);
  });

  it('lets a signal reach that descendant although the process had a handler for it', async () => {
    const handled: string[] = [];
    const handle = await start(
      describeFake()
        .perform((child) => child.onSignal('SIGTERM', () => handled.push('SIGTERM')))
        .holdsOutputOpen(),
    );
    await handle.exited;
    handle.signal('SIGTERM');
    expect([handled, handle.groupAlive?.()]).toEqual([[], false]);
  });

  it('goes by POSIX in what freezes a process', async () => {
    const handle = await start(describeFake().output('up').ignoresSignals('SIGTSTP').output('on'));
    expect([handle.signal('SIGTSTP'), handle.signal('SIGTTIN')]).toEqual([true, true]);
    let exited = false;
    void handle.exited.then(() => (exited = true));
    handle.stdin?.end();
    handle.stdout?.resume();
    await turn();
    await turn();
    expect(exited).toBe(false);
    handle.signal('SIGHUP');
    expect(handle.groupAlive?.()).toBe(true);
    handle.signal('SIGCONT');
    expect(await handle.exited).toEqual({ exitCode: null, signal: 'SIGHUP' });
  });

  it('is killed by SIGKILL while it is frozen', async () => {
    const handle = await start(describeFake().delay('1h'));
    handle.signal('SIGSTOP');
    handle.signal('SIGKILL');
    expect(await handle.exited).toEqual({ exitCode: null, signal: 'SIGKILL' });
  });

  it('is hit by a second signal that comes at once after one that ends it', async () => {
    const handle = await start(describeFake().delay('1h'));
    expect([handle.signal('SIGTERM'), handle.signal('SIGINT')]).toEqual([true, true]);
    expect(await handle.exited).toEqual({ exitCode: null, signal: 'SIGTERM' });
    expect(handle.signal('SIGTERM')).toBe(false);
  });

  it('lets others get their turn while it prints without end', async () => {
    const handle = await start(
      describeFake().perform(async (child) => {
        for (;;) await child.write('out', 'y\n');
      }),
    );
    let bytes = 0;
    const printed = new Promise((resolve) => handle.stdout?.once('data', resolve));
    handle.stdout?.on('data', (chunk: Buffer) => (bytes += chunk.length));
    await printed;
    // Both kinds of turns, and while it goes on printing.
    await new Promise((resolve) => setTimeout(resolve, 0));
    await turn();
    handle.signal('SIGTERM');
    expect(await handle.exited).toEqual({ exitCode: null, signal: 'SIGTERM' });
    expect(bytes).toBeGreaterThan(0);
  });

  it('prints a hundred thousand described lines without taking ages', async () => {
    const lines = Array.from({ length: 100_000 }, (_, number) => `line ${number}`);
    const handle = await start(describeFake().output(lines));
    handle.stdin?.end();
    const printed = (await handle.stdout?.toArray())?.join('');
    expect(printed).toBe(`${lines.join('\n')}\n`);
  });

  it('never goes on with code that prints after the end, and does so quickly for much in small pieces', async () => {
    let reached = false;
    const handle = await start(
      describeFake().perform(async (child) => {
        for (let piece = 0; piece < 30_000; piece++) void child.write('out', 'y\n');
        child.exit(3);
        await child.write('out', 'never');
        reached = true;
      }),
    );
    const chunks = await handle.stdout?.toArray();
    expect([chunks?.length, await handle.exited]).toEqual([30_000, { exitCode: 3, signal: null }]);
    expect(reached).toBe(false);
  });

  it('ends the output at the kill of a process that would hold it open', async () => {
    const handle = await start(describeFake().delay('1h').holdsOutputOpen());
    handle.signal('SIGKILL');
    expect(await handle.exited).toEqual({ exitCode: null, signal: 'SIGKILL' });
    expect(handle.groupAlive?.()).toBe(false);
  });

  it('does not keep this process alive by holding the output open', async () => {
    const setTimer = jest.spyOn(globalThis, 'setTimeout');
    const handle = await start(describeFake().holdsOutputOpen('1h'));
    await handle.exited;
    const index = setTimer.mock.calls.findIndex(([, ms]) => ms === 3_600_000);
    const timer = setTimer.mock.results[index]?.value as NodeJS.Timeout;
    expect(timer.hasRef()).toBe(false);
    handle.signal('SIGKILL');
  });

  it('leaves no timer when it is killed in the middle of a delay', async () => {
    jest.useFakeTimers();
    const handle = await start(describeFake().delay('1h').holdsOutputOpen('1h'));
    await jest.advanceTimersByTimeAsync(1);
    handle.signal('SIGKILL');
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('waits for a slow reader, and finds out that it has gone', async () => {
    const handle = await start(
      describeFake().output(Buffer.alloc(200_000)).output(Buffer.alloc(1)).delay('1h'),
    );
    const { stdout } = handle;
    stdout?.once('data', () => stdout.pause());
    stdout?.pause();
    await turn();
    stdout?.destroy();
    expect(await handle.exited).toEqual({ exitCode: null, signal: 'SIGPIPE' });
  });

  it('holds a program back that prints more than a pipe takes', async () => {
    let printed = 0;
    const handle = await start(
      describeFake().perform(async (child) => {
        for (; printed < 100; printed++) await child.write('out', Buffer.alloc(10_000));
      }),
    );
    for (let turns = 0; turns < 50; turns++) await turn();
    expect(printed).toBeGreaterThan(5);
    expect(printed).toBeLessThan(30);

    handle.stdout?.resume();
    await handle.exited;
    expect(printed).toBe(100);
  });

  it('gives stdout to a reader that leaves stderr alone, and the other way round', async () => {
    const fake = describeFake().errorOutput('e'.repeat(1000)).output('out').errorOutput('end');
    const handle = await start(fake);
    handle.stderr?.on('data', () => undefined).pause();
    const chunks: string[] = [];
    for await (const chunk of handle.stdout ?? []) chunks.push(String(chunk));
    expect(chunks).toEqual(['out\n']);
  });

  it('has only the streams that are piped', async () => {
    const handle = await start('text', { stdin: 'null', stdout: 'inherit', stderr: 'null' });
    expect([handle.stdin, handle.stdout, handle.stderr]).toEqual([null, null, null]);
    expect(await handle.exited).toEqual({ exitCode: 0, signal: null });
  });
});
