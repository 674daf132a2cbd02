import {
  createReadStream,
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ProcessManager, type Application } from '@proc/core';
import type { Pipeline, PipelineMode } from '@proc/pipe';
import { createApplication } from '../support/application.js';
import { leftovers } from '../support/leftovers.js';

const directory = mkdtempSync(join(tmpdir(), 'same-file-test-'));
const file = (name: string): string => join(directory, name);
const read = (name: string): string => readFileSync(file(name), 'utf8');

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe.each<PipelineMode>(['sequential', 'streaming'])(
  'a file that a %s pipeline reads and writes',
  (mode) => {
    let app: Application;
    let processes: ProcessManager;

    beforeAll(async () => {
      app = await createApplication({ default: 'node' });
      processes = app.get(ProcessManager);
    });

    beforeEach(() => {
      for (const name of ['symbolic', 'hard']) rmSync(file(name), { force: true });
      writeFileSync(file('data'), 'b\na\n');
      symlinkSync(file('data'), file('symbolic'));
      linkSync(file('data'), file('hard'));
    });

    afterEach(() => {
      expect(processes.activeProcesses).toEqual([]);
      expect(leftovers()).toEqual([]);
    });

    afterAll(async () => {
      await app.shutdown();
    });

    const sorted = (): Pipeline => processes.pipe(['sort', 'cat'], { mode });
    const fromFile = (): Pipeline => sorted().input(pathToFileURL(file('data')));

    it.each<[string, () => Pipeline]>([
      ['by its path', () => fromFile().to(file('data'))],
      ['by a file URL', () => fromFile().to(pathToFileURL(file('data')))],
      ['by a symbolic link', () => fromFile().to(file('symbolic'))],
      ['by another name of it', () => fromFile().to(file('hard'))],
      ['for a copy', () => fromFile().tee(file('symbolic'))],
      [
        'as a stream',
        () =>
          sorted()
            .input(createReadStream(file('data')))
            .to(file('hard')),
      ],
      [
        'for a copy at a stage',
        () =>
          processes
            .pipe(
              (pipe) => {
                pipe.command('sort');
                pipe.tee(file('data'));
                pipe.command('cat');
              },
              { mode },
            )
            .input(pathToFileURL(file('data'))),
      ],
      [
        'as the input of the first command itself',
        () =>
          processes
            .pipe(
              (pipe) => {
                pipe.command('sort').input(pathToFileURL(file('data')));
                pipe.command('cat');
              },
              { mode },
            )
            .to(file('data')),
      ],
      [
        'by a pipeline in the pipeline',
        () =>
          processes
            .pipe([sorted().to(file('data'))], { mode })
            .input(pathToFileURL(file('symbolic'))),
      ],
    ])('is refused %s, and keeps what is in it', async (_how, pipeline) => {
      await expect(pipeline().run()).rejects.toMatchObject({
        code: 'ERR_PROC_INVALID_ARGUMENT',
        message: expect.stringContaining('are the same file: "') as unknown,
      });
      expect(read('data')).toBe('b\na\n');
    });

    it('may be appended to, as in a shell', async () => {
      await processes
        .pipe(['wc -l'], { mode })
        .input(pathToFileURL(file('data')))
        .to(file('data'), { append: true })
        .run();
      expect(read('data')).toMatch(/^b\na\n *2\n$/);
    });

    it('is no file where nothing can be lost', async () => {
      const result = await sorted().input(pathToFileURL('/dev/null')).to('/dev/null').run();
      expect(result.successful()).toBe(true);
    });
  },
);
