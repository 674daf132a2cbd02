import { describe, expect, it } from '@jest/globals';
import type { PipelineMode } from '@proc/pipe';
import { installFakes } from '@proc/testing';
import { withManager } from '../support/application.js';

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
});
