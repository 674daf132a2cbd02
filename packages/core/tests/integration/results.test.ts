import { describe, expect, it } from '@jest/globals';
import {
  InvalidArgumentError,
  OutputFormatError,
  ProcessFailedError,
  ProcessSignaledError,
  type ProcessResult,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { script, sh } from '../support/programs.js';

const caught = (fn: () => unknown): unknown => {
  try {
    return fn();
  } catch (error) {
    return error;
  }
};

onEveryDriver('a result', ({ manager }) => {
  it('is equal to another one only when everything is', async () => {
    const one = await manager().run(['echo', 'a']);
    const other = await manager().run(sh('echo b; exit 3'));
    expect(one).not.toEqual(other);
    expect(one).toEqual(one);
    expect({ ...one }).toMatchObject({ exitCode: 0, stdout: 'a\n', command: 'echo a' });
  });

  it('refuses streams that it does not have', async () => {
    const result = await manager().run(['true']);
    expect(() => result.lines('err' as never)).toThrow(InvalidArgumentError);
    expect(() => result.bytes('out' as never)).toThrow("are 'stdout' and 'stderr', not 'out'");
    await using running = await manager().start(['sleep', '30']);
    expect(() => running.lines({ stream: 'stderr' as never })).toThrow(InvalidArgumentError);
  });

  it('stands in a text for its output without the final line end', async () => {
    const branch = await manager().run(['echo', 'main']);
    expect(['on', branch].join(' ')).toBe('on main');
    expect(String(await manager().run(['true']))).toBe('');
  });

  it('tells everything about a success', async () => {
    const before = Date.now();
    const result = await manager()
      .command(sh('printf out; printf err >&2'))
      .tag('a tag')
      .meta({ a: 1 })
      .run();
    expect(result).toMatchObject({
      exitCode: 0,
      signal: null,
      exitText: 'OK',
      shellCode: 0,
      stdout: 'out',
      stderr: 'err',
      reason: null,
      error: null,
      timedOut: false,
      cancelled: false,
      outputHeldOpen: false,
      outputTruncated: false,
      attempts: 1,
      tag: 'a tag',
      meta: { a: 1 },
      command: "/bin/sh -c 'printf out; printf err >&2' sh",
    });
    expect(result.successful()).toBe(true);
    expect(result.failed()).toBe(false);
    expect(result.throw()).toBe(result);
    expect(result.pid).toBeGreaterThan(0);
    expect(result.startedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(result.endedAt?.getTime()).toBeGreaterThanOrEqual(result.startedAt.getTime());
    expect(result.durationMs).toBeGreaterThan(0);
  });

  it.each([1, 2, 127, 255])('of exit code %d is no rejection', async (code) => {
    const result = await manager().run(sh(`echo problem >&2; exit ${code}`));
    expect(result).toMatchObject({ exitCode: code, shellCode: code, reason: null, error: null });
    expect(result.failed()).toBe(true);
    const error = caught(() => result.throw()) as ProcessFailedError;
    expect(ProcessFailedError.is(error)).toBe(true);
    expect(error.message).toMatch(new RegExp(`failed with exit code ${code} .*problem`, 's'));
    expect(error.result).toBe(result);
  });

  it('of a signal from outside is no rejection', async () => {
    const result = await manager().run(sh('kill -s USR1 $$'));
    expect(result).toMatchObject({
      exitCode: null,
      signal: 'SIGUSR1',
      reason: 'signaled',
      error: null,
      exitText: 'User-defined 1',
    });
    expect(result.shellCode).toBeGreaterThan(128);
    expect(ProcessSignaledError.is(caught(() => result.throw()))).toBe(true);
  });

  it('keeps the streams apart, byte for byte', async () => {
    const code = `process.stdout.write(Buffer.from([0, 255, 254, 10]));
                  process.stderr.write(Buffer.from([128, 0]))`;
    const result = await manager().run(script(code));
    expect(result.bytes()).toEqual(Buffer.from([0, 255, 254, 10]));
    expect(result.bytes('stderr')).toEqual(Buffer.from([128, 0]));
    expect(await result.stream('stderr').toArray()).toEqual([Buffer.from([128, 0])]);
  });

  it('gives lines, JSON and answers to questions', async () => {
    const processes = manager();
    const text = await processes.run(['printf', 'one\\r\\ntwo\\n']);
    expect(text.lines()).toEqual(['one', 'two']);
    expect(text.lines('stderr')).toEqual([]);
    expect(text.seeInOutput('two')).toBe(true);
    const pattern = /one/g;
    expect([text.seeInOutput(pattern), text.seeInOutput(pattern)]).toEqual([true, true]);
    expect(text.seeInErrorOutput('two')).toBe(false);
    expect(caught(() => text.json())).toBeInstanceOf(OutputFormatError);
    expect((await processes.run(['echo', '{"a":[1]}'])).json()).toEqual({ a: [1] });
    expect(await processes.command(['echo', '7']).json()).toBe(7);
    const noisy = sh('echo "warning: {" >&2; echo "[1]"; echo "}" >&2');
    expect(await processes.command(noisy).json()).toEqual([1]);
  });

  it('throws on condition, and calls back before', async () => {
    const seen: string[] = [];
    const note = (result: ProcessResult, error: Error): void => {
      seen.push(`${String(result.exitCode)} ${error.name}`);
    };
    const result = await manager().run(sh('exit 3'));
    expect(result.throwIf(false, note).throwUnless(true, note)).toBe(result);
    expect(() => result.throwIf((self) => self.exitCode === 3, note)).toThrow(ProcessFailedError);
    expect(() => result.throwUnless(() => false, note)).toThrow(ProcessFailedError);
    expect(seen).toEqual(['3 ProcessFailedError', '3 ProcessFailedError']);
  });

  it('of runOrFail is a success or thrown', async () => {
    const processes = manager();
    await expect(processes.command(['false']).runOrFail()).rejects.toThrow(ProcessFailedError);
    expect((await processes.command(['true']).runOrFail()).successful()).toBe(true);
  });

  it('becomes plain data that can be serialised, with bounded output', async () => {
    const result = await manager().run(script('process.stdout.write("x".repeat(200000))'));
    const data = JSON.parse(JSON.stringify(result)) as Record<string, unknown>;
    expect(data).toMatchObject({ exitCode: 0, stderr: '', error: null });
    expect(data['stdout']).toHaveLength(64 * 1024);
  });

  it('decodes with the encoding that was asked for', async () => {
    const processes = manager();
    const latin = processes.command(['printf', '\\351']).encoding('latin1');
    expect((await latin.run()).stdout).toBe('\u00e9');
    expect((await processes.command(['printf', 'ab']).encoding('hex').run()).stdout).toBe('6162');
  });

  it('comes from every form of run()', async () => {
    const processes = manager();
    const chunks: string[] = [];
    const note = (type: string, chunk: string): void => void chunks.push(`${type} ${chunk}`);
    const results = [
      await processes.run('echo a b'),
      await processes.run('echo', ['a', 'b']),
      await processes.run(['echo', 'a', 'b']),
      await processes.run(['echo', 'a', 'b'], note),
      await processes.run('echo', ['a', 'b'], { tag: 'x' }, note),
      await processes.run('echo', ['a', 'b'], note),
      await processes.run(['echo', 'a', 'b'], { tag: 'x' }, note),
      await processes.run('echo a b', null, { tag: 'x' }),
      await processes.newPendingProcess().run('echo a b', note),
      await processes.command('echo a b').run(note),
      await processes.$`echo ${'a b'}`.run(),
      await (await processes.start('echo', ['a', 'b'])).wait(),
    ];
    expect(results.map(({ stdout }) => stdout)).toEqual(Array(12).fill('a b\n'));
    expect(chunks).toEqual(Array(6).fill('out a b\n'));
  });
});

describe('the shell', () => {
  onEveryDriver('a command line', ({ manager }) => {
    it('goes to the shell when it has shell syntax, and only then', async () => {
      const processes = manager();
      expect((await processes.run('echo one | tr a-z A-Z')).stdout).toBe('ONE\n');
      expect((await processes.run(['echo', '$HOME | cat'])).stdout).toBe('$HOME | cat\n');
      expect((await processes.command('echo $0').shell('/bin/bash').run()).stdout).toContain(
        'bash',
      );
      expect((await processes.command('echo $HOME').shell(false).run()).stdout).toBe('$HOME\n');
    });
  });
});
