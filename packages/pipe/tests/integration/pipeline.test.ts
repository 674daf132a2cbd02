import childProcess from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { Socket } from 'node:net';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import { PendingProcess, type ProcessManager } from '@proc/core';
import type { PipelineMode } from '@proc/pipe';
import { openDescriptors } from '../support/leftovers.js';
import { turn } from '../support/turn.js';
import { LOCAL_DRIVERS, shareManager } from '../support/share-manager.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const openIn = (directory: string): string[] =>
  openDescriptors().filter((target) => target.startsWith(directory));
/** Prints for ever, and minds neither back-pressure nor SIGPIPE less than any program. */
const FOREVER = 'yes';

describe.each(LOCAL_DRIVERS)('with the driver %s', (driver) => {
  let processes: ProcessManager;
  shareManager(driver, (manager) => (processes = manager));
  const directory = mkdtempSync(join(tmpdir(), 'pipeline-test-'));
  const file = (name: string): string => join(directory, name);

  afterEach(async () => {
    // A file is closed a moment after its last byte has been written, and a busy machine takes its time.
    const patience = Date.now() + 3000;
    while (openIn(directory).length > 0 && Date.now() < patience) await turn();
    expect(openIn(directory)).toEqual([]);
  });

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  describe.each<PipelineMode>(['sequential', 'streaming'])('%s', (mode) => {
    it('joins three commands', async () => {
      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command(['printf', '%s\\n', 'pear', 'apple', 'pear']);
            pipe.command('sort -u').env({ LC_ALL: 'C' });
            pipe.as('count').command('grep -c "p"');
          },
          { mode },
        )
        .run();

      expect(result.stdout).toBe('2\n');
      expect(result.successful()).toBe(true);
      expect(result.stages.map(({ key }) => key)).toEqual([0, 1, 'count']);
      expect(result.stages.every((stage) => stage.durationMs > 0)).toBe(true);
    });

    it('fails by its first stage, and gives the filtered line when that is well', async () => {
      const filtered = await processes.pipe(["printf 'foo\\nbar\\n'", 'grep foo'], { mode }).run();
      expect(filtered.stdout).toBe('foo\n');

      const failed = await processes.pipe(['sh -c "echo foo; exit 2"', 'grep foo'], { mode }).run();
      expect(failed.failed()).toBe(true);
      expect(failed).toMatchObject({ exitCode: 2, stdout: 'foo\n', failedStage: { key: 0 } });
    });

    it('passes 8 MiB on byte for byte', async () => {
      const bytes = randomBytes(8 * 1024 * 1024);

      const result = await processes.pipe(['cat', 'cat', 'cat'], { mode, input: bytes }).run();

      expect(sha256(result.bytes())).toBe(sha256(bytes));
      expect(result.stages.at(-1)?.bytesOut).toBe(bytes.length);
    });

    it('passes 8 MiB through functions and streams byte for byte', async () => {
      const bytes = randomBytes(8 * 1024 * 1024);

      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command('cat');
            pipe.through((chunk) => chunk, { input: 'bytes' });
            pipe.command('cat');
            pipe.through(new TransformStream());
          },
          { mode },
        )
        .input(bytes)
        .run();

      expect(sha256(result.bytes())).toBe(sha256(bytes));
      expect(result.stages.slice(1).map(({ bytesIn, bytesOut }) => [bytesIn, bytesOut])).toEqual(
        Array.from({ length: 3 }, () => [bytes.length, bytes.length]),
      );
    });

    it('works on lines between two commands', async () => {
      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command(['printf', 'b 2\\na 1\\n']);
            pipe.as('first').through((line) => line.split(' ')[0]);
            pipe.command('sort');
            pipe.through(async function* (lines) {
              for await (const line of lines) yield `<${line}>`;
            });
          },
          { mode },
        )
        .run();

      expect(result.stdout).toBe('<a>\n<b>\n');
      expect(result.lines()).toEqual(['<a>', '<b>']);
    });

    it('dies in the middle: by its exit code, by a signal', async () => {
      const exit = await processes
        .pipe(['echo x', 'sh -c "cat; echo why >&2; exit 7"', 'cat'], { mode })
        .run();
      expect(exit).toMatchObject({ exitCode: 7, failedStage: { key: 1 } });
      expect(exit.stderr).toBe('why\n');
      expect(() => exit.throw()).toThrow(/stage 2 of the pipeline.*exit code 7[^]*why/);

      const signal = await processes
        .pipe(['echo x', 'sh -c "kill -KILL $$"', 'cat'], { mode })
        .run();
      expect(signal).toMatchObject({ exitCode: null, signal: 'SIGKILL', failedStage: { key: 1 } });
    });

    it('names a program that is missing, and ends the stages before', async () => {
      const pipeline = processes.pipe(
        ['sh -c "echo started; sleep 30"', 'no-such-program-anywhere'],
        { mode },
      );
      const command =
        mode === 'sequential' ? ['echo started', 'no-such-program-anywhere'] : undefined;
      const start = performance.now();

      const error: unknown = await (
        command === undefined ? pipeline : processes.pipe(command, { mode })
      )
        .run()
        .catch((reason: unknown) => reason);

      expect(error).toMatchObject({
        code: 'ERR_PROC_COMMAND_NOT_FOUND',
        message: expect.stringContaining('no-such-program-anywhere'),
        result: { failedStage: { key: 1 }, reason: 'failedToStart' },
      });
      expect(performance.now() - start).toBeLessThan(20_000);
    });

    it('does nothing at all when a program is missing that would run later', async () => {
      if (mode === 'sequential') return;
      const pipeline = processes.pipe(
        (pipe) => {
          pipe.command(['touch', file('in-vain')]);
          pipe.as('later').command('no-such-program-anywhere');
          pipe.command(['touch', file('in-vain')]);
        },
        { mode },
      );

      await expect(pipeline.run()).rejects.toMatchObject({
        code: 'ERR_PROC_COMMAND_NOT_FOUND',
        result: {
          failedStage: { key: 'later' },
          stages: [expect.objectContaining({ key: 'later', bytesIn: null })],
        },
      });
      await expect(pipeline.start()).rejects.toMatchObject({ code: 'ERR_PROC_COMMAND_NOT_FOUND' });
      expect(existsSync(file('in-vain'))).toBe(false);
    });

    it('names a missing program at the start', async () => {
      const pipeline = processes.pipe(['no-such-program-anywhere', 'cat'], { mode });

      await expect(pipeline.start()).rejects.toMatchObject({ code: 'ERR_PROC_COMMAND_NOT_FOUND' });
    });

    it('times out as a whole', async () => {
      // Time enough for all stages to be started on a busy machine.
      const pipeline = processes.pipe(['sleep 30', 'cat', 'cat'], { mode, timeout: '2s' });

      await expect(pipeline.run()).rejects.toMatchObject({
        code: 'ERR_PROC_TIMED_OUT',
        result: { timedOut: true, failedStage: { key: 0 } },
      });
    });

    it('ends when one stage times out', async () => {
      const pipeline = processes.pipe(
        (pipe) => {
          pipe.as('slow').command('sleep 30').timeout(100);
          pipe.command('sleep 30');
        },
        { mode },
      );

      await expect(pipeline.run()).rejects.toMatchObject({
        code: 'ERR_PROC_TIMED_OUT',
        result: { failedStage: { key: 'slow' } },
      });
    });

    it('is cancelled in the middle', async () => {
      const controller = new AbortController();
      const pipeline = processes.pipe(['sh -c "echo ready; exec sleep 30"', 'cat'], { mode });

      const running = pipeline.abortWith(controller.signal).run((_type, _chunk, _key) => {
        controller.abort(new Error('seen enough'));
      });

      await expect(running).rejects.toMatchObject({
        code: 'ERR_PROC_CANCELLED',
        cause: expect.objectContaining({ message: 'seen enough' }),
      });
    });

    it.each([
      [
        'throws',
        () => {
          throw new Error('no more');
        },
      ],
      ['rejects', () => Promise.reject(new Error('no more'))],
    ])('ends when the callback %s', async (_how, fail) => {
      const pipeline = processes.pipe([FOREVER, 'cat'], { mode });

      await expect(pipeline.run((_type, _chunk, _key) => fail())).rejects.toMatchObject({
        code: 'ERR_PROC_OUTPUT_CALLBACK',
        cause: expect.objectContaining({ message: 'no more' }),
      });
    });

    it('ends when a function throws', async () => {
      const pipeline = processes.pipe(
        (pipe) => {
          pipe.command('echo x');
          pipe.as('broken').through((_line) => {
            throw new Error('no more');
          });
          pipe.command('sleep 30');
        },
        { mode },
      );

      await expect(pipeline.run()).rejects.toMatchObject({
        code: 'ERR_PROC_PIPELINE_STAGE',
        cause: expect.objectContaining({ message: 'no more' }),
        result: { failedStage: { key: 'broken' } },
      });
    });

    it('ends when the source of its input fails', async () => {
      const source = Readable.from(
        (async function* () {
          yield 'some';
          throw new Error('no more');
        })(),
      );

      await expect(
        processes.pipe(['cat', 'cat'], { mode, input: source }).run(),
      ).rejects.toMatchObject({
        code: 'ERR_PROC_INPUT_SOURCE',
      });
      const missing = pathToFileURL(file('missing'));
      await expect(processes.pipe(['cat'], { mode, input: missing }).run()).rejects.toMatchObject({
        code: 'ERR_PROC_INPUT_SOURCE',
        cause: { code: 'ENOENT' },
      });
    });

    it('reads its input from a file, and copies its output to files and streams as well', async () => {
      const bytes = randomBytes(300_000);
      writeFileSync(file('in'), bytes);
      const chunks: Buffer[] = [];
      const slow = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          chunks.push(chunk);
          setImmediate(done);
        },
      });

      const result = await processes
        .pipe(['cat', 'cat'], { mode })
        .input(pathToFileURL(file('in')))
        .tee(file('out'))
        .tee(slow)
        .run();

      for (const copy of [result.bytes(), readFileSync(file('out')), Buffer.concat(chunks)]) {
        expect(sha256(copy)).toBe(sha256(bytes));
      }
      expect(slow.writableEnded).toBe(false);
      expect(result.stages.at(-1)?.bytesOut).toBe(bytes.length);
    });

    it('gives a file to the first command itself, from its start each time it is tried', async () => {
      writeFileSync(file('in'), 'whole\n');
      const input = pathToFileURL(file('in'));
      const looks = 'test -f /dev/stdin && echo file; cat';
      const direct = await processes.pipe([['sh', '-c', looks]], { mode, input }).run();
      // Elsewhere /dev/stdin may not show what is behind the descriptor.
      const seen =
        process.platform === 'linux' ? 'file\nwhole\n' : expect.stringMatching(/whole\n$/);
      expect(direct.stdout).toEqual(seen);

      if (mode === 'streaming') return;
      const tried = processes.pipe(
        (pipe) => {
          const fails = 'cat; test -e "$0" || { touch "$0"; exit 1; }';
          pipe.command(['sh', '-c', fails, file('seen')]).retry(1);
        },
        { mode, input },
      );
      expect((await tried.run()).stdout).toBe('whole\n');
      expect(existsSync(file('seen'))).toBe(true);
      rmSync(file('seen'));
    });

    it('ends when a copy of its output fails, and opens nothing when one can not be opened', async () => {
      const failing = new Writable({
        write: (_chunk, _encoding, done) => done(new Error('disk full')),
      });
      const pipeline = processes.pipe(['echo x', 'sh -c "cat; sleep 30"'], { mode });
      await expect(pipeline.tee(failing).run()).rejects.toMatchObject({
        code: 'ERR_PROC_OUTPUT_CALLBACK',
        cause: expect.objectContaining({ message: 'disk full' }),
      });

      const unwritable = processes
        .pipe(['touch started'], { mode })
        .tee(file('ok'))
        .tee(file('no/such/directory'));
      await expect(unwritable.run()).rejects.toMatchObject({ code: 'ERR_PROC_INVALID_ARGUMENT' });
    });

    it('copies its output to a FIFO that is read, and refuses one that nobody reads', async () => {
      childProcess.execFileSync('mkfifo', [file('fifo')]);
      const copies = processes
        .pipe(['head -c 300000 /dev/zero', 'cat'], { mode })
        .tee(file('fifo'));

      await expect(copies.run()).rejects.toMatchObject({
        code: 'ERR_PROC_INVALID_ARGUMENT',
        message: expect.stringContaining('ENXIO'),
      });

      const reader = openSync(file('fifo'), constants.O_RDONLY | constants.O_NONBLOCK);
      const counted = processes
        .command(['wc', '-c'])
        .input(new Socket({ fd: reader, writable: false }))
        .run();
      expect((await copies.run()).successful()).toBe(true);
      expect((await counted).stdout.trim()).toBe('300000');
      rmSync(file('fifo'));
    });

    it('counts what its last stage printed without reading it', async () => {
      const result = await processes.pipe(['head -c 3000000 /dev/zero', 'cat'], { mode }).run();
      jest.spyOn(result.stages[1]?.result ?? result, 'bytes').mockImplementation(() => {
        throw new Error('It is read.');
      });

      expect(result.toJSON().stages[1]?.bytesOut).toBe(3_000_000);
    });

    it('writes its output to a file, anew or at its end, and keeps none of it', async () => {
      const pipeline = processes.pipe(['echo x', 'cat'], { mode }).to(file('written'));
      writeFileSync(file('written'), 'longer than what comes');
      const shown: string[] = [];

      const result = await pipeline.run((chunk) => void shown.push(chunk));

      expect(readFileSync(file('written'), 'utf8')).toBe('x\n');
      expect(result.stdout).toBe('');
      expect(shown.at(-1)).toBe('x\n');
      expect(result.stages[1]?.bytesOut).toBe(2);
      await pipeline
        .to(pathToFileURL(file('written')), { append: true })
        .tee(file('copy'))
        .run();
      expect(readFileSync(file('written'), 'utf8')).toBe('x\nx\n');
      expect(readFileSync(file('copy'), 'utf8')).toBe('x\n');
      await expect(pipeline.to(file('no/such/directory')).run()).rejects.toMatchObject({
        code: 'ERR_PROC_INVALID_ARGUMENT',
      });
    });

    it('shows where its output goes, as a shell would be told', () => {
      const pipeline = processes.pipe(['echo x', 'cat'], { mode }).tee('a copy').to('out.txt');
      expect(String(pipeline)).toBe("echo x | cat | tee 'a copy' > out.txt");
      pipeline.to(pathToFileURL('/tmp/all.txt'), { append: true });
      if (process.platform !== 'win32') expect(String(pipeline)).toMatch(/ >> \/tmp\/all.txt$/);
    });

    it.each([undefined, 7, {}, '', new URL('http://localhost/')])('can not go to %j', (target) => {
      const pipeline = processes.pipe(['echo x'], { mode });
      expect(() => pipeline.to(target as never)).toThrow('to() takes a path or a file URL.');
    });

    it('can be run many times, also at once', async () => {
      const pipeline = processes.pipe(['echo a', 'cat', (line) => `${line}!`], { mode });

      const results = await Promise.all(Array.from({ length: 5 }, () => pipeline.run()));

      const seen = results.map(({ stdout, stderr, exitCode, signal }) => ({
        stdout,
        stderr,
        exitCode,
        signal,
      }));
      const expected = { stdout: 'a!\n', stderr: '', exitCode: 0, signal: null };
      expect(seen).toEqual(Array.from({ length: 5 }, () => expected));
    });

    it('feeds the next stage from a quiet one, which keeps nothing itself', async () => {
      const bytes = randomBytes(3 * 1024 * 1024);

      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command('cat').input(bytes).quietly();
            pipe.command('cat');
          },
          { mode },
        )
        .run();

      expect(sha256(result.bytes())).toBe(sha256(bytes));
      expect(result.stages[0]?.result.stdout).toBe('');
    });

    it('runs pipelines inside pipelines', async () => {
      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command('echo hello');
            pipe.pipeThrough(['cat', (line) => line.toUpperCase()], { mode: 'sequential' });
            pipe.pipeThrough(['cat', 'rev'], { mode: 'streaming' });
          },
          { mode },
        )
        .run();

      expect(result.stdout).toBe('OLLEH\n');
    });

    it('is written to and read from while it runs', async () => {
      const running = await processes.pipe(['cat', 'cat'], { mode }).interactive().start();
      await running.write('one\n');
      await running.write(Buffer.from('two\n'));
      await running.closeInput();

      const lines: string[] = [];
      for await (const line of running) lines.push(line);

      expect(lines).toEqual(['one', 'two']);
      expect((await running.wait()).successful()).toBe(true);
      expect(running.running()).toBe(false);
      await expect(running.write('late')).rejects.toMatchObject({ code: 'ERR_PROC_INPUT_CLOSED' });
      expect(() => running.signal('SIGTERM')).toThrow(
        expect.objectContaining({ code: 'ERR_PROC_NOT_RUNNING' }),
      );
    });

    it('can not be written to unless it is interactive, as a whole or by its first stage', async () => {
      const closed = await processes.pipe(['cat'], { mode }).start();
      await expect(closed.write('x')).rejects.toMatchObject({ code: 'ERR_PROC_INVALID_ARGUMENT' });
      await closed.wait();

      const open = await processes
        .pipe((pipe) => void pipe.command('cat').interactive(), { mode })
        .start();
      await open.write('x');
      await open.closeInput();
      expect((await open.wait()).stdout).toBe('x');
    });

    it('is signalled and stopped', async () => {
      const running = await processes.pipe(['sleep 30', 'sleep 30'], { mode }).start();
      expect(running.pid).toEqual(expect.any(Number));
      expect(running.signal('SIGINT').kill(0)).toBe(true);
      const signalled = await running.wait();
      expect(signalled).toMatchObject({ signal: 'SIGINT', error: null });

      const stopped = await processes.pipe(['sleep 30', 'sleep 30'], { mode }).start();
      expect(await stopped.stop(1000)).toMatchObject({ signal: 'SIGTERM', reason: 'stopped' });
    });

    it('is stopped when it is disposed of, also by leaving a loop over its lines', async () => {
      const pipeline = processes.pipe(['sh -c "echo first; exec sleep 30"'], { mode });
      let result;
      {
        await using running = await pipeline.start();
        result = running.wait();
      }
      expect((await result).reason).toBe('stopped');

      for await (const line of pipeline.lines()) {
        expect(line).toBe('first');
        break;
      }
    });

    it('gives the last lines before it tells of the failure', async () => {
      const lines: string[] = [];
      const read = async (): Promise<void> => {
        for await (const line of processes
          .pipe(['sh -c "echo one; exec sleep 30"'], { mode, timeout: 1500 })
          .lines()) {
          lines.push(line);
        }
      };

      await expect(read()).rejects.toMatchObject({ code: 'ERR_PROC_TIMED_OUT' });
      expect(lines).toEqual(['one']);
    });
  });

  describe('sequential', () => {
    it('tries a stage again on all of its input', async () => {
      const counter = file(`attempts-${driver}`);

      const result = await processes
        .pipe((pipe) => {
          pipe.command('echo input');
          pipe.command(`cat; echo x >> ${counter}; test $(wc -l < ${counter}) -ge 3`).retry(5);
        })
        .run();

      expect(result.stdout).toBe('input\n');
      expect(result.attempts).toBe(3);
    });
  });

  describe('streaming', () => {
    it.each([
      ['over pipes of the operating system', undefined],
      ['through this process', { output: () => undefined }],
    ])('an early reader is a success: %s', async (_how, options) => {
      const result = await processes.pipe([FOREVER, 'cat', 'head -n 1']).streaming().run(options);

      expect(result.stdout).toBe('y\n');
      expect(result.successful()).toBe(true);
      expect(result.stages[0]?.result.successful()).toBe(false);
      expect(result.stages[0]?.bytesOut === null).toBe(options === undefined);
    });

    it('an early function is a reader as well', async () => {
      const first = async function* (lines: AsyncIterable<string>) {
        for await (const line of lines) {
          yield line;
          return;
        }
      };

      const result = await processes.pipe([FOREVER, first, 'cat']).streaming().run();

      expect(result.stdout).toBe('y\n');
      expect(result.successful()).toBe(true);
    });

    it('an early reader is a failure of the writer where the policy is strict', async () => {
      const result = await processes
        .pipe([FOREVER, 'head -n 1'])
        .streaming()
        .pipefail('strict')
        .run();

      expect(result).toMatchObject({ signal: 'SIGPIPE', shellCode: 141, failedStage: { key: 0 } });
      expect(result.stdout).toBe('y\n');
      expect(() => result.throw()).toThrow(/SIGPIPE/);
    });

    it('a Node program whose reader has gone is no failure', async () => {
      const write =
        "const w = () => { while (process.stdout.write('x\\n'.repeat(9999))); process.stdout.once('drain', w) }; w()";

      const result = await processes
        .pipe([[process.execPath, '-e', write], 'head -n 1'])
        .streaming()
        .run();

      expect(result.stdout).toBe('x\n');
      expect(result.stages[0]?.result.exitCode).not.toBe(0);
      expect(result.successful()).toBe(true);
    });

    it('no byte passes through this process between two commands, and they see real pipes', async () => {
      const result = await processes
        .pipe([
          'sh -c "test -p /dev/stdout && echo pipe > /dev/stdout"',
          'sh -c "test -p /dev/stdin && sleep 0.2 && cat /dev/stdin"',
        ])
        .streaming()
        .run();

      expect(result.stdout).toBe('pipe\n');
      expect(result.stages[0]?.bytesOut).toBeNull();
      expect(result.stages[1]?.bytesIn).toBeNull();
    });

    it('a stage has no descriptors of this pipeline but its own', async () => {
      const list = 'for n in /proc/$$/fd/*; do echo "${n##*/} $(readlink "$n")"; done';
      const own = await processes.run(['sh', '-c', list]);
      const numbers = (text: string): string[] =>
        text
          .split('\n')
          .filter((line) => / (pipe|\/)/.test(line))
          .map((line) => line.split(' ')[0] ?? '')
          .filter((number) => Number(number) > 2)
          .sort();

      const result = await processes
        .pipe([
          ['sh', '-c', list],
          ['sh', '-c', `cat; echo --; ${list}`],
          ['sh', '-c', `cat; echo --; ${list}`],
        ])
        .streaming()
        .run();

      const seen = result.stdout.split('--\n').map(numbers);
      if (process.platform === 'linux') expect(own.stdout).toContain('0 ');
      expect(seen).toEqual([numbers(own.stdout), numbers(own.stdout), numbers(own.stdout)]);
    });

    it('a writer learns at once that its reader has closed its input, though it runs on', async () => {
      const result = await processes
        .pipe([FOREVER, ['sh', '-c', 'exec 0<&-; sleep 0.5; echo late']])
        .streaming()
        .run();

      const [writer, reader] = result.stages;
      expect(result.stdout).toBe('late\n');
      expect(writer?.result.signal).toBe('SIGPIPE');
      expect(writer?.durationMs).toBeLessThan(reader?.durationMs ?? 0);
    });

    it('passes bytes on through this process where no pipes can be made', async () => {
      jest.spyOn(os, 'tmpdir').mockReturnValue('/nowhere/at/all');
      jest.spyOn(childProcess, 'spawn').mockImplementationOnce(() => {
        throw new Error('no shell');
      });
      jest.spyOn(PendingProcess.prototype, 'openPipe').mockImplementation(() => {
        throw new Error('no descriptors');
      });

      const result = await processes.pipe(['echo x', 'cat']).streaming().run();

      jest.restoreAllMocks();
      expect(result.stdout).toBe('x\n');
      expect(result.stages[0]?.bytesOut).toBe(2);
    });

    it('copies what a stage itself wants to be seen: a file, a stream, a limit', async () => {
      const chunks: Buffer[] = [];
      const tee = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          chunks.push(chunk);
          done();
        },
      });

      const result = await processes
        .pipe((pipe) => {
          pipe.command('echo seen').output({ stdout: { file: file('stage') } });
          pipe.command('cat').output({ stdout: { tee } });
          pipe.command('cat').maxOutput(1000, 'fail');
          pipe.command('cat').idleTimeout('30s');
          pipe.command('cat');
        })
        .streaming()
        .run();

      expect(result.stdout).toBe('seen\n');
      expect(readFileSync(file('stage'), 'utf8')).toBe('seen\n');
      expect(Buffer.concat(chunks).toString()).toBe('seen\n');
      expect(result.stages.map(({ bytesOut }) => bytesOut)).toEqual([5, 5, 5, 5, 5]);
      expect(result.stages[0]?.result.stdout).toBe('');
    });

    it('ends when a stage exceeds its limit of output', async () => {
      const pipeline = processes
        .pipe((pipe) => {
          pipe.as('talkative').command(FOREVER).maxOutput(1000, 'fail');
          pipe.command('cat').quietly();
        })
        .streaming();

      await expect(pipeline.run()).rejects.toMatchObject({
        code: 'ERR_PROC_OUTPUT_LIMIT',
        result: { failedStage: { key: 'talkative' } },
      });
    });

    it('joins stderr to what is handed on, where a stage merges the two', async () => {
      const result = await processes
        .pipe((pipe) => {
          pipe.command('sh -c "echo out; echo err >&2"').mergeStderr();
          pipe.command('cat -n');
        })
        .streaming()
        .run();

      expect(result.lines().map((line) => line.trim().replaceAll(/\s+/g, ' '))).toEqual([
        '1 out',
        '2 err',
      ]);
    });

    it('waits for a reader that is slower than the writer lives', async () => {
      const result = await processes
        .pipe(['head -c 200000 /dev/zero', ['sh', '-c', 'sleep 0.6; wc -c']])
        .streaming()
        .run(() => undefined);

      expect(result.stdout.trim()).toBe('200000');
      expect(result.outputHeldOpen).toBe(false);
      expect(result.stages[0]?.bytesOut).toBe(200_000);
    });

    it('refuses to try a single stage again', async () => {
      const pipeline = processes.pipe((pipe) => {
        pipe.command('echo x').retry(1);
        pipe.command('cat');
      });

      await expect(pipeline.streaming().run()).rejects.toMatchObject({
        code: 'ERR_PROC_INVALID_ARGUMENT',
      });
    });

    it('answers while it runs: a request, a reply', async () => {
      await using running = await processes
        .pipe(['cat', (line) => `echo: ${line}`])
        .streaming()
        .interactive()
        .start();
      const lines = running.lines();

      await running.write('hello\n');
      expect((await lines.next()).value).toBe('echo: hello');
      await running.write('again\n');
      expect((await lines.next()).value).toBe('echo: again');
    });

    it('goes on answering, where it is a pair of programs joined by the system', async () => {
      await using running = await processes
        .pipe([
          ['sed', '-u', 's/$/?/'],
          ['sed', '-u', 's/^/answer to /'],
        ])
        .streaming()
        .interactive()
        .start();
      const lines = running.lines();
      const ask = async (question: string): Promise<string | undefined> => {
        await running.write(`${question}\n`);
        return (await lines.next()).value as string | undefined;
      };

      const answers: (string | undefined)[] = [];
      for (const question of ['one', 'two', 'three']) answers.push(await ask(question));
      await running.closeInput();
      const result = await running.wait();

      expect(answers).toEqual(['answer to one?', 'answer to two?', 'answer to three?']);
      expect(result.stages.map(({ result: { exitCode } }) => exitCode)).toEqual([0, 0]);
    });

    it('holds a fast writer back for a slow reader of its lines', async () => {
      await using running = await processes.pipe([FOREVER, 'cat']).streaming().start();
      const lines = running.lines();

      for (let count = 0; count < 1000; count++) expect((await lines.next()).value).toBe('y');
      await lines.return();
    });

    it('shows the output of every stage, with its key', async () => {
      const calls: unknown[][] = [];

      await processes
        .pipe((pipe) => {
          pipe.as('a').command('echo x');
          pipe.as('b').command('sh -c "cat; echo warning >&2"');
        })
        .streaming()
        .run((...call) => void calls.push(call));

      expect(calls.sort()).toEqual([
        ['err', 'warning\n', 'b'],
        ['out', 'x\n', 'a'],
        ['out', 'x\n', 'b'],
      ]);
    });
  });
});
