import { expect, it, jest } from '@jest/globals';
import {
  ExpectationError,
  ProcessTimedOutError,
  type OutputChunk,
  type RunningProcess,
} from '@proc/core';
import { realTime } from '@proc/core/internal';
import { onEveryDriver, testedDrivers } from '../support/drivers.js';
import { Lifeline } from '../support/lifeline.js';
import { script, sh } from '../support/programs.js';

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const seen: T[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

onEveryDriver('a running process', ({ manager }) => {
  const start = (line: string): Promise<RunningProcess> =>
    manager().command(sh(line)).interactive().start();

  it('tells what it is', async () => {
    const process = await start('read x; echo $x');
    expect(process).toMatchObject({ command: "/bin/sh -c 'read x; echo $x' sh" });
    expect(testedDrivers).toContain(process.driver);
    expect(process.pid).toBeGreaterThan(0);
    expect(process.id).not.toBe('');
    expect(process.startedAt).toBeLessThanOrEqual(Date.now());
    expect('then' in process).toBe(false);
    expect([process.running(), process.status()]).toEqual([true, 'running']);
    await process.write('end\n');
    expect(await process.wait()).toMatchObject({ stdout: 'end\n' });
    expect([process.running(), process.status()]).toEqual([false, 'exited']);
    expect(await process.exitCode).toBe(0);
  });

  it('shows its output so far, and each piece once, per stream', async () => {
    const process = await start('echo a; echo b >&2; read x; echo c; read x');
    await process.expect('a');
    await process.expect('b');
    expect([process.output(), process.errorOutput()]).toEqual(['a\n', 'b\n']);
    expect([process.latestOutput(), process.latestOutput()]).toEqual(['a\n', '']);
    await process.write('\n');
    await process.expect('c');
    expect([process.latestOutput(), process.latestErrorOutput()]).toEqual(['c\n', 'b\n']);
    expect(process.output()).toBe('a\nc\n');
    await process.stop();
    expect([process.output(), process.latestOutput()]).toEqual(['a\nc\n', '']);
  });

  it('gives lines as they come, and again to whoever comes late', async () => {
    const process = await start('echo 1; read x; echo 2; printf rest');
    const lines: string[] = [];
    for await (const line of process) {
      lines.push(line);
      if (line === '1') await process.write('\n');
    }
    expect(lines).toEqual(['1', '2', 'rest']);
    expect(await all(process.lines())).toEqual(lines);
    await process.wait();
    expect(await all(process.lines())).toEqual(lines);
  });

  it('gives lines and chunks of the stream that was asked for', async () => {
    const process = await start('echo 1; echo 2 >&2');
    expect(await all(process.lines({ stream: 'err' }))).toEqual(['2']);
    expect([...(await all(process.lines({ stream: 'both' })))].sort()).toEqual(['1', '2']);
    const chunks = (await all(process.chunks())) as OutputChunk[];
    expect(chunks.map(({ type, chunk }) => `${type} ${chunk}`).sort()).toEqual([
      'err 2\n',
      'out 1\n',
    ]);
    expect(await all(process.chunks({ stream: 'out' }))).toMatchObject([{ chunk: '1\n' }]);
  });

  it('runs on when a loop over its lines is left', async () => {
    const process = await start('echo 1; echo 2; read x; echo 3');
    for await (const line of process.lines()) {
      expect(line).toBe('1');
      break;
    }
    expect(process.running()).toBe(true);
    await process.write('\n');
    expect(await process.wait()).toMatchObject({ stdout: '1\n2\n3\n', exitCode: 0 });
  });

  it('rejects at the end of its lines as wait() does', async () => {
    const process = await manager().start(sh('echo 1; exec sleep 1000'), { timeout: 500 });
    const lines: string[] = [];
    const loop = async (): Promise<void> => {
      for await (const line of process.lines()) lines.push(line);
    };
    await expect(loop()).rejects.toThrow(ProcessTimedOutError);
    expect(lines).toEqual(['1']);
  });

  it('is slowed down by a slow reader of its lines', async () => {
    using lifeline = new Lifeline();
    const code = `let n = 0;
      const more = () => { while (n < 100000 && process.stdout.write('line ' + n++ + ' '.repeat(100) + '\\n')); };
      process.stdout.on('drain', more);
      process.stdin.once('data', () => require('node:fs').appendFileSync(process.argv[1], n + '\\n'));
      more();`;
    const process = await manager().command(script(code, lifeline.path)).interactive().start();
    let count = 0;
    for await (const line of process.lines()) {
      if (count === 0) {
        await process.write('how many?');
        const [printed] = await lifeline.pids(1);
        expect(printed).toBeLessThan(100_000);
        await process.closeInput();
      }
      if (line.trimEnd() !== `line ${count++}`) throw new Error(line);
    }
    expect(count).toBe(100_000);
  });

  it('has streams beside what is captured', async () => {
    const process = await start('echo out; echo err >&2');
    expect(process.stdout).toBe(process.stdout);
    const [out, err] = await Promise.all(
      [process.stdout, process.stderr].map(async (stream) =>
        Buffer.concat((await stream?.toArray()) as Buffer[]).toString(),
      ),
    );
    expect([out, err]).toEqual(['out\n', 'err\n']);
    expect(await process.wait()).toMatchObject({ stdout: 'out\n', stderr: 'err\n' });
  });

  it('goes on when a listener of its stream throws, which is an uncaught exception', async () => {
    const process = await start('echo 1; read x; echo 2');
    const heard: string[] = [];
    const thrown = new Promise((resolve) => {
      process.stdout?.on('data', (chunk: Buffer) => {
        heard.push(chunk.toString());
        if (heard.length > 1) return;
        // Jest has the real one for itself.
        jest.spyOn(realTime, 'nextTick').mockImplementationOnce((callback) => {
          try {
            callback();
          } catch (error) {
            resolve(error);
          }
        });
        throw new Error('by a listener');
      });
    });
    const closed = new Promise((resolve) => process.stdout?.once('close', resolve));
    expect(await thrown).toMatchObject({ message: 'by a listener' });
    jest.restoreAllMocks();
    await process.write('\n');
    await closed;
    expect(heard).toEqual(['1\n', '2\n']);
    expect((await process.wait()).stdout).toBe('1\n2\n');
  });

  it('has no stream for an stderr that is merged', async () => {
    const process = await manager().command(sh('echo x >&2')).mergeStderr().start();
    expect(process.stderr).toBeNull();
    expect((await process.stdout?.toArray())?.join('')).toBe('x\n');
    await process.wait();
  });

  it('can be read although nothing is kept', async () => {
    const process = await manager().command(sh('echo 1; echo 2')).quietly().start();
    expect(await all(process.lines())).toEqual(['1', '2']);
    expect(await process.wait()).toMatchObject({ stdout: '' });
  });
});

onEveryDriver('expect()', ({ manager }) => {
  it('misses nothing that was printed before, and goes on after the last match', async () => {
    const process = await manager().start(sh('echo n=1 n=2; echo problem >&2'));
    await process.wait();
    expect((await process.expect(/n=(\d)/))[1]).toBe('1');
    expect((await process.expect(/n=(\d)/))[1]).toBe('2');
    expect((await process.expect('problem'))[0]).toBe('problem');
  });

  it('rejects when the process ends without it, and shows what was printed', async () => {
    const process = await manager().start(sh('echo something else'));
    await expect(process.expect('ready')).rejects.toThrow(
      /ended without output matching ready\.(.|\n)*something else/,
    );
    await expect(process.expect('ready')).rejects.toThrow(ExpectationError);
  });

  it('rejects when its time is over, and leaves the process alone', async () => {
    const process = await manager().start(['sleep', '1000']);
    await expect(process.expect('ready', 50)).rejects.toThrow(/ran for 50 ms without output/);
    expect(process.running()).toBe(true);
    await process.stop();
  });
});

onEveryDriver('waitUntil()', ({ manager }) => {
  it('gives an unfinished result as soon as the output passes the test', async () => {
    const process = await manager().start(sh('echo ready; echo more >&2; exec sleep 1000'));
    const first = await process.waitUntil('ready');
    expect(first).toMatchObject({ exitCode: null, signal: null, endedAt: null, stdout: 'ready\n' });
    const second = await process.waitUntil((type, text) => type === 'err' && text.includes('more'));
    expect(second).toMatchObject({ exitCode: null, stderr: 'more\n' });
    await process.stop();
  });

  it('without a match, or a test, ends as wait() does', async () => {
    const process = await manager().start(['echo', 'x']);
    const result = await process.wait();
    expect(await process.waitUntil('never')).toBe(result);
    expect(await process.waitUntil()).toBe(result);
    const stuck = await manager().start(['sleep', '1000'], { timeout: 50 });
    await expect(stuck.waitUntil('never')).rejects.toThrow(ProcessTimedOutError);
  });
});

onEveryDriver('lines() of a description', ({ manager }) => {
  it('gives the lines of the process that it starts', async () => {
    expect(await all(manager().command(sh('echo 1; echo 2')).lines())).toEqual(['1', '2']);
  });

  it('stops the process when the loop is left', async () => {
    using lifeline = new Lifeline();
    const processes = manager();
    for await (const line of processes.command(sh(lifeline.hold('exec yes'))).lines()) {
      expect(line).toBe('y');
      break;
    }
    await lifeline.released();
    expect(processes.activeProcesses).toHaveLength(0);
  });

  it('stops the process when the loop throws', async () => {
    using lifeline = new Lifeline();
    const loop = async (): Promise<void> => {
      for await (const line of manager()
        .command(sh(lifeline.hold('exec yes')))
        .lines()) {
        throw new Error(line);
      }
    };
    await expect(loop()).rejects.toThrow('y');
    await lifeline.released();
  });

  it('rejects when the process can not be started', async () => {
    await expect(all(manager().command(['not-there-at-all']).lines())).rejects.toMatchObject({
      code: 'ERR_PROC_COMMAND_NOT_FOUND',
    });
  });
});
