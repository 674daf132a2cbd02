import { execFileSync } from 'node:child_process';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { secret, type ProcessManager } from '@proc/core';
import type { Pipeline, PipelineDefinition, PipelineMode, StderrMode } from '@proc/pipe';
import { installFakes } from '@proc/testing';
import { withManager } from '../support/application.js';

/** Prints on both streams in turn. */
const BOTH = 'for n in 1 2 3; do echo out $n; echo err $n >&2; done';

const lines = (...names: string[]): string =>
  [1, 2, 3].flatMap((n) => names.map((name) => `${name} ${n}\n`)).join('');

/** Stages that hand on what they say on stderr. */
const saying =
  (mode: StderrMode, ...commands: (string | readonly string[])[]): PipelineDefinition =>
  (pipe) => {
    for (const command of commands) {
      pipe.command(command);
      if (command !== commands.at(-1)) pipe.stderrToStdin(mode);
    }
  };

describe.each<PipelineMode>(['sequential', 'streaming'])('stderrToStdin, %s', (mode) => {
  it('hands on both streams in the order in which they were printed', async () => {
    await withManager(async (processes) => {
      const result = await processes
        .pipe(saying('both', ['sh', '-c', BOTH], 'cat'), { mode })
        .run();

      expect(result.stdout).toBe(lines('out', 'err'));
    });
  });

  it('hands on stderr only, and keeps stdout in the result of the stage', async () => {
    await withManager(async (processes) => {
      const result = await processes
        .pipe(saying('only', ['sh', '-c', BOTH], 'cat'), { mode })
        .run();

      expect(result.stdout).toBe(lines('err'));
      expect(result.stages[0]?.result.stdout).toBe(lines('out'));
      expect(result.stages[0]?.bytesOut).toBe(mode === 'streaming' ? null : 18);
    });
  });

  it('hands on stderr of any size, also of a stage that keeps nothing', async () => {
    await withManager(async (processes) => {
      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command(['sh', '-c', 'echo out; head -c 3000000 /dev/zero >&2']).quietly();
            pipe.stderrToStdin('only');
            pipe.command('wc -c');
          },
          { mode },
        )
        .run();

      expect(result.stdout.trim()).toBe('3000000');
    });
  });

  it('counts for every stage but the last, where the pipeline says so', async () => {
    await withManager(async (processes) => {
      const pipeline = processes
        .pipe(
          [
            ['sh', '-c', 'echo one >&2'],
            (line) => line,
            ['sh', '-c', 'cat; echo two >&2'],
            ['sh', '-c', 'cat; echo three >&2'],
          ],
          { mode },
        )
        .stderrToStdin();
      const result = await pipeline.run();

      expect(result.stdout).toBe('one\ntwo\n');
      expect(result.stages[3]?.result.stderr).toBe('three\n');
    });
  });

  it('shows what it hands on to a callback, with the type of its stream', async () => {
    await withManager(async (processes) => {
      const seen: string[] = [];
      const definition = saying('only', ['sh', '-c', 'echo err >&2'], 'cat');
      const result = await processes
        .pipe(definition, { mode })
        .run((type, chunk, key) => void seen.push(`${String(key)} ${type} ${chunk}`));

      expect(seen).toEqual(['0 err err\n', '1 out err\n']);
      expect(result.stages[1]?.bytesIn).toBe(4);
    });
  });

  it.each<[StderrMode, string]>([
    ['both', 'FINE\nWARNED\n'],
    ['only', 'WARNED\n'],
  ])('does the same with fakes: %s', async (stderr, expected) => {
    await withManager(async (processes) => {
      installFakes(processes);
      processes.fake({ noisy: processes.describe().output('fine').errorOutput('warned') });

      const result = await processes.pipe(saying(stderr, 'noisy', 'tr a-z A-Z'), { mode }).run();

      expect(result.stdout).toBe(expected);
    });
  });

  it('takes a reader that had enough of it for no failure', async () => {
    if (mode === 'sequential') return;
    await withManager(async (processes) => {
      const result = await processes
        .pipe(saying('only', ['sh', '-c', 'exec yes >&2'], 'head -n 1'), { mode })
        .run();

      expect(result.stdout).toBe('y\n');
      expect(result.successful()).toBe(true);
      expect(result.stages[0]?.result.signal).toBe('SIGPIPE');
    });
  });

  it('refuses a stage whose stderr is in its stdout already', async () => {
    await withManager(async (processes) => {
      const pipeline = processes
        .pipe([processes.command('a').mergeStderr(), 'b'], { mode })
        .stderrToStdin('only');

      await expect(pipeline.run()).rejects.toThrow('mergeStderr() has joined it to stdout');
    });
  });
});

describe('stderrToStdin', () => {
  it.each<[string, PipelineDefinition, string]>([
    ['before any stage', (pipe) => pipe.stderrToStdin(), 'goes after the stage'],
    ['of the last stage', (pipe) => [pipe.command('a'), pipe.stderrToStdin()], 'no next stage'],
    [
      'of a function',
      (pipe) => [pipe.through((line) => line), pipe.stderrToStdin(), pipe.command('a')],
      'only commands have one',
    ],
    [
      'of an unknown kind',
      (pipe) => [pipe.command('a'), pipe.stderrToStdin('all' as 'both')],
      'got "all"',
    ],
  ])('is refused %s', async (_what, definition, message) => {
    await withManager(async (processes) => {
      expect(() => processes.pipe(definition)).toThrow(message);
    });
  });

  it('is refused for pipelines in a pipeline, which are to be told themselves', async () => {
    await withManager(async (processes) => {
      const outer = processes.pipe([processes.pipe(['a', 'b']), 'c']);
      expect(() => outer.stderrToStdin()).toThrow('Stage 0');
      expect(() => outer.stderrToStdin('all' as 'both')).toThrow('got "all"');
    });
  });

  it('changes the fingerprint', async () => {
    await withManager(async (processes) => {
      const prints = [
        processes.pipe(['a', 'b']),
        processes.pipe(['a', 'b']).stderrToStdin(),
        processes.pipe(['a', 'b']).stderrToStdin('only'),
      ].map((pipeline) => JSON.stringify(pipeline.fingerprint()));
      expect(new Set(prints).size).toBe(3);
    });
  });
});

describe('a pipeline as text', () => {
  const made: [string, (processes: ProcessManager) => Pipeline][] = [
    [
      'plain',
      (processes) =>
        processes.pipe([
          ['printf', '%s\\n', "it's", 'b c'],
          ['sort', '-r'],
        ]),
    ],
    ['of shell lines', (processes) => processes.pipe(['echo a; echo b # c', 'sort -r && echo d'])],
    ['both', (processes) => processes.pipe(saying('both', ['sh', '-c', BOTH], ['cat', '-n']))],
    ['only', (processes) => processes.pipe(saying('only', ['sh', '-c', BOTH], ['cat', '-n']))],
    [
      'a shell line that redirects',
      (processes) => processes.pipe(['{ echo a; echo b >&2; } 2>/dev/null', 'cat']).stderrToStdin(),
    ],
    ['in a pipeline', (processes) => processes.pipe([processes.pipe(['echo a', 'cat']), 'wc -c'])],
  ];

  it.each(made)('does in a shell what it does itself: %s', async (_what, make) => {
    await withManager(async (processes) => {
      const pipeline = make(processes);

      const printed = execFileSync('sh', ['-c', String(pipeline)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });

      expect((await pipeline.run()).stdout).toBe(printed);
      expect(printed).not.toBe('');
    });
  });

  it('shows what goes into the next stage', async () => {
    await withManager(async (processes) => {
      const pipeline = processes.pipe(['make', 'grep warning', 'cat']).stderrToStdin();
      expect(String(pipeline)).toBe('make 2>&1 | grep warning 2>&1 | cat');
      expect(String(pipeline.stderrToStdin('only'))).toContain('make 2>&1 >/dev/null | ');
    });
  });

  it('can be looked at, and tells no secret', async () => {
    await withManager(async (processes) => {
      const pipeline = processes.pipe((pipe) => {
        pipe.as('ask').command(['curl', '-H', secret('top secret')]);
        pipe.stderrToStdin('only');
        pipe.through(function shout(line) {
          return line.toUpperCase();
        });
        pipe.command('cat');
      });

      expect(pipeline.stages).toMatchObject([
        { key: 'ask', command: expect.stringContaining('curl -H'), stderrToStdin: 'only' },
        { key: 1, command: '[in-process: shout]', stderrToStdin: null },
        { key: 2, command: 'cat', stderrToStdin: null },
      ]);
      const shown = inspect(pipeline, { depth: 5 });
      expect(shown).toContain("mode: 'sequential'");
      expect(shown).toContain('2>&1 >/dev/null | [in-process: shout] | cat');
      for (const text of [shown, String(pipeline), JSON.stringify(pipeline.stages)]) {
        expect(text).not.toContain('top secret');
      }
      pipeline.stderrToStdin();
      expect(pipeline.stages.map(({ stderrToStdin }) => stderrToStdin)).toEqual([
        'only',
        null,
        null,
      ]);
    });
  });
});
