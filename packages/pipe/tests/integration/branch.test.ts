import { describe, expect, it } from '@jest/globals';
import type { ProcessManager } from '@proc/core';
import type { PipelineMode } from '@proc/pipe';
import { installFakes } from '@proc/testing';
import { withManager } from '../support/application.js';
import { LOCAL_DRIVERS, shareManager } from '../support/share-manager.js';

describe.each(LOCAL_DRIVERS)('branches, with the driver %s', (driver) => {
  let processes: ProcessManager;
  shareManager(driver, (manager) => (processes = manager));

  describe.each<PipelineMode>(['sequential', 'streaming'])('%s', (mode) => {
    it('read the same, and hand on what they print in their order', async () => {
      const pipeline = processes.pipe(
        (pipe) => {
          pipe.command("printf 'b\\na\\n'");
          pipe.branch({
            late: ['sh -c "sleep 0.2; sort"'],
            count: (branch) => {
              branch.command('cat');
              branch.as('lines').command('wc -l');
            },
            mapped: [(line) => `<${line}>`],
          });
          pipe.command('cat');
        },
        { mode },
      );

      const result = await pipeline.run();

      expect(result.lines().map((line) => line.trim())).toEqual(['a', 'b', '2', '<b>', '<a>']);
      expect([...result.branches.keys()].sort()).toEqual(['count', 'late', 'mapped']);
      expect(result.branch('late')?.stdout).toBe('a\nb\n');
      expect(result.branch('count')?.stage('lines')?.result.successful()).toBe(true);
      expect(result.branch('other')).toBeUndefined();
      expect(result.stages[1]?.bytesIn).toBe(4);
      expect(String(pipeline)).toContain('| tee >(');
      expect(String(pipeline)).toContain('>(cat | wc -l) >([in-process: ');
    });

    it('that have enough hinder no other', async () => {
      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command('head -c 3000000 /dev/zero');
            pipe.branch({ first: ['head -c 1'], all: ['wc -c'] });
          },
          { mode },
        )
        .run();

      expect(result.successful()).toBe(true);
      expect(result.failedBranch).toBeUndefined();
      expect(result.branch('first')?.bytes().length).toBe(1);
      expect(result.branch('all')?.stdout.trim()).toBe('3000000');
    });

    it('that fail make the stage fail, and the others end well', async () => {
      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command('echo x');
            pipe.as('fork');
            pipe.branch({ bad: ['sh -c "cat; echo why >&2; exit 3"'], good: ['cat'] });
          },
          { mode },
        )
        .run();

      expect(result).toMatchObject({ exitCode: 3, failedStage: { key: 'fork' } });
      expect(result.stderr).toBe('why\n');
      expect(result.branch('good')?.stdout).toBe('x\n');
      expect(result.branch('bad')?.failedStage?.key).toBe(0);
      expect(result.failedBranch).toBe('bad');
      expect(() => result.throw()).toThrow(
        expect.objectContaining({
          message: expect.stringMatching(
            /^At branch "bad" of stage 2 \("fork"\) of the pipeline ".*": the command "sh -c "cat; echo why >&2; exit 3"" failed with exit code 3/,
          ) as unknown,
          cause: expect.objectContaining({ code: 'ERR_PROC_PIPELINE_FAILED' }) as unknown,
        }),
      );
    });

    it('end together by the error of one', async () => {
      const pipeline = processes.pipe(
        (pipe) => {
          pipe.command('echo x');
          pipe.branch({ slow: ['sleep 60'], missing: ['no-such-program'] });
        },
        { mode },
      );
      await expect(pipeline.run()).rejects.toMatchObject({
        code: 'ERR_PROC_COMMAND_NOT_FOUND',
        result: { failedStage: { key: 1 }, failedBranch: 'missing' },
      });
    });

    it('end with the pipeline: by its time, its signal, a stop', async () => {
      const pipeline = (): ReturnType<ProcessManager['pipe']> =>
        processes.pipe(
          (pipe) => {
            pipe.command('echo x');
            pipe.branch({ one: ['sleep 60'], other: ['cat', 'sleep 60'] });
          },
          { mode },
        );
      await expect(pipeline().timeout('300ms').run()).rejects.toMatchObject({
        code: 'ERR_PROC_TIMED_OUT',
      });
      await expect(pipeline().abortWith(AbortSignal.timeout(300)).run()).rejects.toMatchObject({
        code: 'ERR_PROC_CANCELLED',
      });
      const running = await pipeline().start();
      const result = await running.stop();
      expect(result.failed()).toBe(true);
      expect(result.reason).toBe('stopped');
    });

    it('take fakes', async () => {
      await withManager(async (faked) => {
        installFakes(faked);
        faked.fake({ produce: 'a', eat: 'eaten', 'drink *': 1 });
        const result = await faked
          .pipe(
            (pipe) => {
              pipe.command('produce');
              pipe.branch({ food: ['eat'], water: ['drink up'] });
            },
            { mode },
          )
          .run();
        expect(result.exitCode).toBe(1);
        expect(result.branch('food')?.stdout.trim()).toBe('eaten');
      });
    });
  });

  it('that all have enough end the writer, which is no failure', async () => {
    const result = await processes
      .pipe((pipe) => {
        pipe.command('yes');
        pipe.branch({ one: ['head -n 1'], two: ['head -n 2'] });
      })
      .streaming()
      .run();

    expect(result.stdout).toBe('y\ny\ny\n');
    expect(result.successful()).toBe(true);
  });

  it('have each a key of their own in the whole pipeline', () => {
    expect(() =>
      processes.pipe((pipe) => {
        pipe.command('a');
        pipe.branch({ b: ['c'] });
        pipe.branch({ d: ['e'], b: ['f'] });
      }),
    ).toThrow('There is a branch "b" in this pipeline already.');
  });

  it('come after a stage, and there is at least one', () => {
    expect(() => processes.pipe((pipe) => pipe.branch({}))).toThrow('branch() takes');
    expect(() => processes.pipe((pipe) => pipe.branch({ a: ['b'] }))).toThrow('goes after');
    expect(() =>
      processes.pipe((pipe) => {
        pipe.command('a');
        pipe.branch({ b: [] });
      }),
    ).toThrow('at least one stage');
  });
});
