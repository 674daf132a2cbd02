import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createProcess, type ProcessManager } from '@proc/process';
import { fakeProcesses } from '@proc/testing';
import { useCassette } from '@proc/testing/cassettes';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakePrograms } from '../../support/fake-programs.js';
import { withoutPrograms } from '../../support/without-programs.js';

/** No test takes this long: it only keeps one that hangs from hanging for ever. */
const HANG_GUARD = 60_000;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'three-ways-'));
});
afterAll(() => {
  // Drafts included: nothing half-written is left behind.
  expect(readdirSync(directory).filter((name) => !name.endsWith('.json'))).toEqual([]);
  rmSync(directory, { recursive: true });
});

/** The same body with the real programs, with a cassette (recorded, and replayed without programs), and with fakes. */
function threeWays(title: string, body: (processes: ProcessManager) => Promise<void>): void {
  const path = (): string => join(directory, `${title.replace(/\W+/g, '-')}.json`);

  describe(title, () => {
    it(
      'with the real programs, which are recorded',
      async () => {
        await using processes = await createProcess({ default: 'node' });
        await using cassette = await useCassette(path(), { target: processes, mode: 'record' });
        await body(processes);
        expect(cassette.mode).toBe('record');
      },
      HANG_GUARD,
    );

    it(
      'with the cassette, and no programs',
      async () => {
        expect(existsSync(path())).toBe(true);
        await using processes = await createProcess({ default: 'node' });
        withoutPrograms(processes);
        const options = { target: processes, mode: 'replay', unused: 'fail' } as const;
        await using cassette = await useCassette(path(), options);
        await body(processes);
        expect(cassette.unused).toEqual([]);
      },
      HANG_GUARD,
    );

    it(
      'with fakes',
      async () => {
        await using processes = await createProcess({ default: 'node' });
        fakeProcesses(processes, fakePrograms).preventStrayProcesses();
        await body(processes);
      },
      HANG_GUARD,
    );
  });
}

threeWays('a run gives its output', async (processes) => {
  const result = await processes.run(['echo', 'hello world']);

  expect(result).toMatchObject({ exitCode: 0, stdout: 'hello world\n', stderr: '', reason: null });
  expect(result.successful()).toBe(true);
});

threeWays('a failure is a result with its code', async (processes) => {
  const result = await processes.run(['sh', '-c', 'echo no >&2; exit 3']);

  expect(result).toMatchObject({ exitCode: 3, stderr: 'no\n', stdout: '' });
  expect(() => result.throw()).toThrow('no');
});

threeWays('both streams reach a callback', async (processes) => {
  const heard = { out: '', err: '' };
  const result = await processes.run(
    ['sh', '-c', 'echo first; echo second >&2'],
    (type, chunk) => void (heard[type] += chunk),
  );

  expect(heard).toEqual({ out: 'first\n', err: 'second\n' });
  expect(result.errorOutput()).toBe('second\n');
});

threeWays('input is read to its end', async (processes) => {
  const results = await Promise.all(
    ['b\na\n', 'd\nc\n'].map((input) => processes.command('sort').input(input).run()),
  );

  expect(results.map((result) => result.stdout)).toEqual(['a\nb\n', 'c\nd\n']);
});

threeWays('lines are iterated over', async (processes) => {
  const running = await processes.start(['printf', 'one\\ntwo\\n']);
  const lines: string[] = [];
  for await (const line of running.lines()) lines.push(line);

  expect(lines).toEqual(['one', 'two']);
  expect((await running.wait()).exitCode).toBe(0);
});

threeWays('output is waited for, and a server stopped', async (processes) => {
  const server = await processes.start(['sh', '-c', 'echo listening; exec sleep 60']);
  await server.waitUntil('listening', '20s');
  const result = await server.stop();

  expect(result).toMatchObject({ reason: 'stopped', signal: 'SIGTERM', stdout: 'listening\n' });
});

threeWays('a conversation is held', async (processes) => {
  const cat = await processes.command('cat').interactive().start();
  await cat.write('ping\n');
  await cat.expect('ping', '20s');
  await cat.write('pong\n');
  await cat.expect('pong', '20s');
  await cat.closeInput();

  expect(await cat.wait()).toMatchObject({ exitCode: 0, stdout: 'ping\npong\n' });
});

threeWays('a pool runs many at once', async (processes) => {
  const results = await processes
    .pool(
      (pool) => {
        for (const name of ['a', 'b', 'c']) pool.as(name).command(['echo', name]);
        pool.as('bad').command('false');
      },
      { maxProcesses: 2 },
    )
    .start();

  expect(['a', 'b', 'c'].map((name) => results.get(name)?.stdout)).toEqual(['a\n', 'b\n', 'c\n']);
  expect(results.get('bad')?.exitCode).toBe(1);
});

for (const mode of ['sequential', 'streaming'] as const) {
  threeWays(`a ${mode} pipeline`, async (processes) => {
    const line = processes.pipe((pipe) => {
      pipe.command(['printf', 'b\\na\\nb\\n']);
      pipe.as('sorted').command('sort');
      pipe.command(['tr', 'b', 'c']);
    });
    const result = await (mode === 'streaming' ? line.streaming() : line).run();

    expect(result.stdout).toBe('a\nc\nc\n');
    expect(result.stage('sorted')?.result.exitCode).toBe(0);
  });
}

threeWays('a timeout ends it', async (processes) => {
  const run = processes.command(['sleep', '60']).timeout('100ms').run();

  await expect(run).rejects.toMatchObject({
    code: 'ERR_PROC_TIMED_OUT',
    result: { timedOut: true, signal: 'SIGTERM' },
  });
});

threeWays('an abort ends it', async (processes) => {
  const abort = new AbortController();
  const running = await processes.command(['sleep', '61']).abortWith(abort.signal).start();
  abort.abort(new Error('enough'));

  await expect(running.wait()).rejects.toMatchObject({ code: 'ERR_PROC_CANCELLED' });
});

threeWays('a signal is handled', async (processes) => {
  const script = 'trap "echo bye; exit 7" TERM; echo up; while :; do sleep 0.05; done';
  const running = await processes.start(['sh', '-c', script]);
  await running.expect('up', '20s');
  running.signal('SIGTERM');

  expect(await running.wait()).toMatchObject({ exitCode: 7, signal: null, stdout: 'up\nbye\n' });
});

threeWays('a failed run is tried again', async (processes) => {
  const result = await processes
    .command(['sh', '-c', 'exit 4'])
    .retry({ times: 2, delay: 1 })
    .run();

  expect(result).toMatchObject({ exitCode: 4, attempts: 3 });
});

threeWays('what can not be started is an error', async (processes) => {
  await expect(processes.run(['no-such-program-here', 'x'])).rejects.toMatchObject({
    code: 'ERR_PROC_COMMAND_NOT_FOUND',
  });
});

threeWays('a shell line, its directory and a secret in its environment', async (processes) => {
  const { secret } = await import('@proc/process');
  const result = await processes
    .command('echo "$TOKEN" | tr a-z A-Z')
    .path(tmpdir())
    .env({ TOKEN: secret('upper-me') })
    .run();

  expect(result.output()).toBe('UPPER-ME\n');
});
