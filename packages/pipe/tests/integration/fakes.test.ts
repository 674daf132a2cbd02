import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { PipelineMode } from '@proc/pipe';
import { installFakes } from '@proc/testing';
import { withManager } from '../support/application.js';

afterEach(() => {
  jest.useRealTimers();
});

describe.each<PipelineMode>(['sequential', 'streaming'])('a %s pipeline with fakes', (mode) => {
  it('feeds a real program from a faked one', async () => {
    await withManager(async (processes) => {
      installFakes(processes);
      processes.fake({ 'produce *': 'foo\nbar' });

      const result = await processes.pipe(['produce --all', 'grep foo'], { mode }).run();

      expect(result.stdout).toBe('foo\n');
      processes.assertRan('produce --all');
    });
  });

  it('feeds a faked program from a real one, and a function from a faked one', async () => {
    await withManager(async (processes) => {
      installFakes(processes);
      processes.fake({ consume: 'eaten' });

      const result = await processes
        .pipe(['echo food', 'consume', (line: string) => line.toUpperCase()], { mode })
        .run();

      expect(result.stdout).toBe('EATEN\n');
    });
  });

  it('fails by a faked stage', async () => {
    await withManager(async (processes) => {
      installFakes(processes);
      processes.fake({ first: processes.result({ exitCode: 3, errorOutput: 'why' }), '*': 'fine' });

      const result = await processes.pipe(['first', 'second'], { mode }).run();

      expect(result).toMatchObject({ exitCode: 3, failedStage: { key: 0 } });
      expect(result.stderr.trim()).toBe('why');
      if (mode === 'sequential') processes.assertNotRan('second');
    });
  });

  it('goes by fake timers, and passes on what code plays', async () => {
    await withManager(async (processes) => {
      const fakes = installFakes(processes).fake({
        produce: processes.describe().output('a').delay('1m').output('b'),
        shout: processes.describe().perform(async (child) => {
          for await (const chunk of child.stdin) {
            await child.write('out', String(chunk).toUpperCase());
          }
        }),
      });
      jest.useFakeTimers();
      const run = processes.pipe(['produce', 'shout'], { mode }).run();
      await jest.advanceTimersByTimeAsync(60_000);
      jest.useRealTimers();
      expect((await run).stdout).toBe('A\nB\n');
      expect(String(fakes.recorded('shout')[0]?.input)).toBe('a\nb\n');
    });
  });

  it('ends all its fakes when its time is over', async () => {
    await withManager(async (processes) => {
      installFakes(processes).fake({
        produce: processes.describe().output('a').delay('1h'),
        consume: processes.describe().output('up').delay('1h'),
      });
      const run = processes.pipe(['produce', 'consume'], { mode }).timeout(50).run();
      await expect(run).rejects.toMatchObject({ code: 'ERR_PROC_TIMED_OUT' });
      processes.assertSignalled('produce', 'SIGTERM');
      expect(processes.activeProcesses).toEqual([]);
    });
  });
});
