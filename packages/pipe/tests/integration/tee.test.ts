import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { ProcessManager } from '@proc/core';
import type { Pipeline, PipelineMode } from '@proc/pipe';
import { installFakes } from '@proc/testing';
import { withManager } from '../support/application.js';
import { LOCAL_DRIVERS, shareManager } from '../support/share-manager.js';

const directory = mkdtempSync(join(tmpdir(), 'tee-test-'));
const file = (name: string): string => join(directory, name);
const read = (name: string): string => readFileSync(file(name), 'utf8');
const failing = (): Writable =>
  new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) });

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe.each(LOCAL_DRIVERS)('a copy at a stage, with the driver %s', (driver) => {
  let processes: ProcessManager;
  shareManager(driver, (manager) => (processes = manager));

  describe.each<PipelineMode>(['sequential', 'streaming'])('%s', (mode) => {
    it.each(['at a stage', 'of the output'])(
      'does not hold a run up beyond its limits when nobody reads the FIFO that it goes to, %s',
      async (where) => {
        execFileSync('mkfifo', [file('stalled')]);
        const reader = openSync(file('stalled'), constants.O_RDONLY | constants.O_NONBLOCK);
        const pipeline = processes.pipe(
          (pipe) => {
            pipe.command('head -c 300000 /dev/zero');
            if (where === 'at a stage') pipe.tee(file('stalled'));
            pipe.command('cat');
          },
          { mode, timeout: '300ms' },
        );
        if (where === 'of the output') pipeline.tee(file('stalled'));
        await expect(pipeline.run()).rejects.toMatchObject({ code: 'ERR_PROC_TIMED_OUT' });
        closeSync(reader);
        rmSync(file('stalled'));
      },
    );

    it('has what the stage hands on: a command, a function, the last one', async () => {
      const seen: string[] = [];
      const stream = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          seen.push(chunk.toString());
          setImmediate(done);
        },
      });
      const pipeline = processes.pipe(
        (pipe) => {
          pipe.command("printf 'b\\na\\n'");
          pipe.tee(file('printed'));
          pipe.tee(stream);
          pipe.through((line) => `<${line}>`);
          pipe.tee(pathToFileURL(file('mapped')));
          pipe.command('sort');
          pipe.tee(file('sorted'));
        },
        { mode },
      );

      const result = await pipeline.run();

      expect(read('printed')).toBe('b\na\n');
      expect(seen.join('')).toBe('b\na\n');
      expect(stream.writableEnded).toBe(false);
      expect(read('mapped')).toBe('<b>\n<a>\n');
      expect(read('sorted')).toBe('<a>\n<b>\n');
      expect(result.stdout).toBe('<a>\n<b>\n');
      expect(result.stages[0]?.bytesOut).toBe(4);
      expect(pipeline.stages.map(({ tees }) => tees)).toEqual([
        [file('printed'), '[Writable]'],
        [file('mapped')],
        [file('sorted')],
      ]);
      expect(String(pipeline)).toContain(`| tee ${file('printed')} | [Writable] | [in-process`);
    });

    it('has stderr where that is what goes on, whole and of any size', async () => {
      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command(['sh', '-c', 'head -c 3000000 /dev/zero >&2; echo out']).quietly();
            pipe.stderrToStdin('only').tee(file('err'));
            pipe.command('wc -c');
          },
          { mode },
        )
        .run();

      expect(result.stdout.trim()).toBe('3000000');
      expect(readFileSync(file('err')).length).toBe(3_000_000);
    });

    it('has what a stage printed that failed', async () => {
      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command(['sh', '-c', 'echo half; exit 3']);
            pipe.tee(file('half'));
            pipe.command('cat');
          },
          { mode },
        )
        .run();

      expect(result.exitCode).toBe(3);
      expect(read('half')).toBe('half\n');
      // One after the other, what the failed stage printed is in the result as well.
      expect(result.stdout).toBe('half\n');
    });

    it('ends the pipeline by its error, which names the stage', async () => {
      const stopped = processes.pipe(
        (pipe) => {
          pipe.as('writer').command(mode === 'streaming' ? 'yes' : 'echo x');
          pipe.tee(failing());
          pipe.command('cat').quietly();
        },
        { mode },
      );
      await expect(stopped.run()).rejects.toMatchObject({
        code: 'ERR_PROC_OUTPUT_CALLBACK',
        cause: expect.objectContaining({ message: 'disk full' }),
        result: { failedStage: { key: 'writer' } },
      });
    });

    it.each(['at a stage', 'of the output'])(
      'ends the pipeline by what its stream throws instead of telling, %s',
      async (where) => {
        const throwing = new Writable({
          write: () => {
            throw new Error('disk full');
          },
        });
        const pipeline = processes.pipe(
          (pipe) => {
            pipe.command('head -c 300000 /dev/zero');
            if (where === 'at a stage') pipe.tee(throwing);
            pipe.command('cat').quietly();
          },
          { mode },
        );
        const running = where === 'at a stage' ? pipeline : pipeline.tee(throwing);
        await expect(running.run()).rejects.toMatchObject({
          code: 'ERR_PROC_OUTPUT_CALLBACK',
          cause: expect.objectContaining({ message: 'disk full' }),
        });
      },
    );

    it.each(['ended', 'destroyed'])(
      'does not go to a stream that has %s already: nothing starts, and the stage is named',
      async (how) => {
        const marker = file(`marker-${how}`);
        const gone = (): Writable => {
          const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
          return how === 'ended' ? stream.end() : stream.destroy();
        };
        const touching = (tee: Writable): Pipeline =>
          processes.pipe(
            (pipe) => {
              pipe.as('touched').command(['touch', marker]);
              pipe.tee(tee);
              pipe.command('cat');
            },
            { mode },
          );
        await expect(touching(gone()).run()).rejects.toMatchObject({
          code: 'ERR_PROC_INVALID_ARGUMENT',
          message:
            'The [Writable] that is to get a copy of the output of stage touched has ended already.',
        });
        await expect(processes.pipe(['touch', 'x']).tee(gone()).run()).rejects.toThrow(
          'a copy of the output of the pipeline has ended already',
        );
        expect(existsSync(marker)).toBe(false);
      },
    );

    it.each(['ended', 'destroyed'])(
      'is not whole when its stream is %s by somebody else on the way, which ends the pipeline',
      async (how) => {
        let taken = 0;
        const leaving = new Writable({
          write(chunk: Buffer, _encoding, done) {
            taken += chunk.length;
            if (how === 'ended') this.end();
            else this.destroy();
            done();
          },
        });
        const pipeline = processes.pipe(
          (pipe) => {
            pipe.command('head -c 3000000 /dev/zero');
            pipe.tee(leaving);
            pipe.command('wc -c');
          },
          { mode },
        );
        await expect(pipeline.run()).rejects.toMatchObject({
          code: 'ERR_PROC_OUTPUT_CALLBACK',
          message: expect.stringMatching(
            /output of stage 0 failed: It was closed before the end/,
          ) as unknown,
          result: { failedStage: { key: 0 } },
        });
        expect(taken).toBeLessThan(3_000_000);
      },
    );

    it('is opened before anything starts, or nothing does', async () => {
      const pipeline = processes.pipe(
        (pipe) => {
          pipe.command(['touch', file('started')]);
          pipe.tee(file('no/such/directory'));
          pipe.command('cat');
        },
        { mode },
      );
      await expect(pipeline.run()).rejects.toMatchObject({ code: 'ERR_PROC_INVALID_ARGUMENT' });
      expect(() => read('started')).toThrow('ENOENT');
    });

    it('that nobody takes is no obstacle to the end', async () => {
      const stuck = new Writable({ highWaterMark: 1, write: () => undefined });
      const pipeline = processes.pipe(
        (pipe) => {
          pipe.command('head -c 300000 /dev/zero');
          pipe.tee(stuck);
          pipe.command('cat');
        },
        { mode, timeout: '1s' },
      );
      await expect(pipeline.run()).rejects.toMatchObject({ code: 'ERR_PROC_TIMED_OUT' });
    });

    it('has what a fake prints', async () => {
      await withManager(async (faked) => {
        installFakes(faked);
        faked.fake({ produce: 'a\nb' });
        const result = await faked
          .pipe(
            (pipe) => {
              pipe.command('produce');
              pipe.tee(file('faked'));
              pipe.through((line) => line.toUpperCase());
            },
            { mode },
          )
          .run();
        expect(result.stdout).toBe('A\nB\n');
        expect(read('faked')).toBe('a\nb\n');
      });
    });
  });

  it('slows the writer down to what it takes, and lets a reader that had enough end it', async () => {
    let pending: (() => void) | undefined;
    let taken = 0;
    let tell!: () => void;
    const full = new Promise<void>((resolve) => (tell = resolve));
    const slow = new Writable({
      highWaterMark: 1,
      write: (chunk: Buffer, _encoding, done) => {
        taken += chunk.length;
        pending = done;
        tell();
      },
    });
    const run = processes
      .pipe((pipe) => {
        pipe.command('yes');
        pipe.tee(slow);
        pipe.command('head -c 1000000');
      })
      .streaming()
      .start();
    await using running = await run;
    await full;
    const held = taken;
    for (let turns = 0; turns < 50; turns++) await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toBe(held);
    const timer = setInterval(() => {
      // Once for each write: a stream throws when it is told again, and the next write may be late.
      const done = pending;
      pending = undefined;
      done?.();
    }, 1);
    const result = await running.wait();
    clearInterval(timer);

    expect(result.stages[1]?.bytesOut).toBe(1_000_000);
    expect(result.successful()).toBe(true);
    expect(taken).toBeGreaterThanOrEqual(1_000_000);
  });

  it('empties no file of a copy when another can not be opened', async () => {
    writeFileSync(file('kept'), 'precious');
    const pipeline = processes.pipe((pipe) => {
      pipe.command('echo x');
      pipe.tee(file('kept'));
      pipe.command('cat');
      pipe.tee(file('missing/copy'));
    });
    await expect(pipeline.run()).rejects.toThrow('ENOENT');
    expect(read('kept')).toBe('precious');
  });

  it.each(['the input', 'a copy'])(
    'does not empty the file of the output when %s is missing',
    async (what) => {
      writeFileSync(file('kept'), 'precious');
      const pipeline = processes
        .pipe((pipe) => {
          pipe.command('cat');
          if (what === 'a copy') pipe.tee(file('missing/copy'));
          pipe.command('cat');
        })
        .input(what === 'a copy' ? 'x' : pathToFileURL(file('missing')))
        .to(file('kept'));
      await expect(pipeline.run()).rejects.toThrow('ENOENT');
      expect(read('kept')).toBe('precious');
    },
  );

  it.each([undefined, null, {}])('has no branches in %j', (branches) => {
    expect(() =>
      processes.pipe((pipe) => {
        pipe.command('a');
        pipe.branch(branches as never);
      }),
    ).toThrow('branch() takes { key: stages, … }.');
  });

  it('can not go to a stream of the web as it is, and says how', () => {
    expect(() => processes.pipe(['a']).tee(new WritableStream() as never)).toThrow(
      'a file URL. Writable.fromWeb(stream) of node:stream makes one of a WritableStream.',
    );
  });

  it.each([undefined, 7, {}, '', new URL('http://localhost/'), new URL('file:///a%2Fb')])(
    'can not go to %j',
    (target) => {
      expect(() =>
        processes.pipe((pipe) => {
          pipe.command('a');
          pipe.tee(target as never);
        }),
      ).toThrow('tee() takes a writable stream, a path or a file URL.');
      expect(() => processes.pipe((pipe) => pipe.tee('x'))).toThrow(
        'tee() goes after the stage that it is about.',
      );
    },
  );
});
