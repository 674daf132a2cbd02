import { describe, expect, it } from '@jest/globals';
import {
  PipelineFailedError,
  type PipelineDefinition,
  type PipelineMode,
  type StageInput,
} from '@proc/pipe';
import { installFakes } from '@proc/testing';
import { withManager } from '../support/application.js';

const forms: [string, (first: string, second: string) => PipelineDefinition | StageInput[]][] = [
  [
    'a callback',
    (first, second) => (pipe) => {
      pipe.command(first);
      pipe.command(second);
    },
  ],
  ['a list', (first, second) => [first, second]],
];

describe.each(forms)('a pipeline made by %s, as Laravel has it', (_, make) => {
  it('feeds a real grep from a faked producer', async () => {
    await withManager(async (processes) => {
      installFakes(processes);
      processes.fake({ 'cat *': 'foo\nbar' });
      const result = await processes.pipe(make('cat test', 'grep foo')).run();
      expect(result.output()).toBe('foo\n');
      expect(result.successful()).toBe(true);
    });
  });

  it('fails with its first stage, and runs no other', async () => {
    await withManager(async (processes) => {
      installFakes(processes);
      processes.fake({ 'cat *': processes.result({ output: 'foo', exitCode: 1 }), '*': 'second' });
      const result = await processes.pipe(make('cat test', 'grep foo')).run();
      expect([result.failed(), result.exitCode, result.output()]).toEqual([true, 1, 'foo\n']);
      expect(() => result.throw()).toThrow(PipelineFailedError);
      processes.assertNotRan('grep foo');
    });
  });
});

describe.each<PipelineMode>(['sequential', 'streaming'])('a %s pipeline', (mode) => {
  it('takes the place of the input of every stage but the first', async () => {
    await withManager(async (processes) => {
      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command(['cat']).input('from the first');
            pipe.command(['cat']).input('from the second');
          },
          { mode },
        )
        .run();
      expect(result.output()).toBe('from the first');
    });
  });
});
