import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { OutputChunk } from '@proc/core';
import { outcomeOf } from '../../support/behaviour/plain.js';
import { sameOnEveryDriver as same } from '../../support/behaviour/same-on-every-driver.js';

let directory: string;
let count = 0;
const newPath = (): string => join(directory, String(count++));

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'behaviour-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe('output', () => {
  same(
    'merges in the order of the program',
    async ({ play, announced }) => {
      const steps = Array.from({ length: 40 }, (_, i) => [`out o${i}`, `err e${i}`]).flat();
      const process = await play(...steps)
        .mergeStderr()
        .start();
      return [process.stderr, await outcomeOf(process.wait()), announced()];
    },
    ([, result]) =>
      expect(result).toMatchObject({ stdout: expect.stringMatching(/^o0\ne0\no1\ne1/) }),
  );

  same(
    'goes to files, from the start or appended, and to streams',
    async ({ play }) => {
      const [file, errors] = [newPath(), newPath()];
      const tee = new PassThrough().setEncoding('utf8');
      const run = play('out out', 'err err').output({
        stdout: { file, tee },
        stderr: { file: errors },
      });
      await run.run();
      run.output({ stdout: { file, append: true } });
      const result = await outcomeOf(run.run());
      return [
        result,
        readFileSync(file, 'utf8'),
        readFileSync(errors, 'utf8'),
        String(tee.read()),
        tee.writableEnded,
      ];
    },
    ([, ...copies]) => expect(copies).toEqual(['out\nout\n', 'err\n', 'out\nout\n', false]),
  );

  same(
    'goes to the files of a detached program, and nowhere else',
    async ({ play }) => {
      const [file, errors] = [newPath(), newPath()];
      const run = play('out out', 'err err')
        .detach()
        .output({ stdout: { file }, stderr: { file: errors } });
      const result = await outcomeOf(run.run());
      run.output({ stdout: { file, append: true } });
      await run.run();
      const quiet = await outcomeOf(play('out lost', 'exit 3').detach().run());
      return [result, quiet, readFileSync(file, 'utf8'), readFileSync(errors, 'utf8')];
    },
    ([result, quiet, ...copies]) => {
      expect(result).toMatchObject({ stdout: '', exitCode: 0 });
      expect(quiet).toMatchObject({ stdout: '', exitCode: 3 });
      expect(copies).toEqual(['out\nout\n', 'err\n']);
    },
  );

  same(
    'that merges goes to the file of a detached program in order',
    async ({ play }) => {
      const file = newPath();
      await play('out a', 'err b', 'out c')
        .detach()
        .mergeStderr()
        .output({ stdout: { file } })
        .run();
      return readFileSync(file, 'utf8');
    },
    (text) => expect(text).toBe('a\nb\nc\n'),
  );

  same(
    'that fails to be copied ends the program',
    async ({ play }) => {
      const tee = new PassThrough();
      const run = outcomeOf(play('yes y').quietly().output({ stdout: { tee } }).run());
      tee.once('readable', () => tee.destroy(new Error('disk full')));
      return run;
    },
    (error) =>
      expect(error).toMatchObject({ name: 'OutputCallbackError', cause: { message: 'disk full' } }),
  );

  same(
    'is not kept quietly, but a callback and a loop still get it',
    async ({ play }) => {
      const chunks: string[] = [];
      const quiet = play('out out', 'err err').quietly();
      const result = await outcomeOf(
        quiet.run((type, chunk) => void chunks.push(`${type} ${chunk}`)),
      );
      const lines: string[] = [];
      for await (const line of quiet.lines()) lines.push(line);
      return [result, chunks.sort(), lines, await outcomeOf(quiet.run())];
    },
    ([result, ...heard]) => {
      expect(result).toMatchObject({ stdout: '', stderr: '' });
      expect(heard.slice(0, 2)).toEqual([['err err\n', 'out out\n'], ['out']]);
    },
  );

  same(
    'is shown so far, each piece once, per stream',
    async ({ play }) => {
      const process = await play('out a', 'err b', 'read', 'out c', 'wait').interactive().start();
      await process.expect('a');
      await process.expect('b');
      const before = [
        process.output(),
        process.errorOutput(),
        process.latestOutput(),
        process.latestOutput(),
      ];
      await process.write('on\n');
      await process.expect('c');
      const after = [process.latestOutput(), process.latestErrorOutput(), process.output()];
      await process.stop();
      return [before, after, process.latestOutput()];
    },
    (seen) =>
      expect(seen).toEqual([['a\n', 'b\n', 'a\n', ''], ['<on>\nc\n', 'b\n', 'a\n<on>\nc\n'], '']),
  );

  same(
    'comes as lines, chunks and streams, and again to who comes late',
    async ({ play }) => {
      const process = await play('out 1', 'read', 'err 2', 'raw rest').interactive().start();
      const streams = Promise.all(
        [process.stdout, process.stderr].map(async (stream) =>
          String(Buffer.concat((await stream?.toArray()) ?? [])),
        ),
      );
      const lines: string[] = [];
      for await (const line of process) {
        lines.push(line);
        if (line === '1') await process.write('on\n');
      }
      const chunks: OutputChunk[] = [];
      for await (const chunk of process.chunks({ stream: 'err' })) chunks.push(chunk);
      const late = await all(process.lines({ stream: 'both' }));
      return [
        lines,
        [...late].sort(),
        chunks.map(({ type, chunk }) => [type, chunk]),
        String(await streams),
      ];
    },
    (seen) =>
      expect(seen).toEqual([
        ['1', '<on>', 'rest'],
        ['1', '2', '<on>', 'rest'],
        [['err', '2\n']],
        '1\n<on>\nrest,2\n',
      ]),
  );

  same(
    'may end before the program does',
    async ({ play }) => {
      const process = await play('out up', 'close stdout', 'close stderr', 'hear', 'exit 3')
        .interactive()
        .start();
      const printed = (await process.stdout?.toArray())?.join('');
      const between = process.running();
      await process.write('\n');
      return [printed, between, await outcomeOf(process.wait())];
    },
    ([printed, between, result]) => {
      expect([printed, between]).toEqual(['up\n', true]);
      expect(result).toMatchObject({ exitCode: 3, stdout: 'up\n' });
    },
  );

  same(
    'of a description stops the program when its loop is left',
    async ({ play, processes, events }) => {
      for await (const line of play('out 1', 'out 2', 'wait').lines()) {
        expect(line).toBe('1');
        break;
      }
      const names = events.events
        .map(({ name }) => name)
        .filter((name) => name !== 'ProcessOutput');
      return [processes.activeProcesses, names];
    },
    ([active, names]) => {
      expect(active).toEqual([]);
      expect(names).toContain('ProcessKilled');
    },
  );

  same(
    'is parsed as JSON, or is an error',
    async ({ play }) => [
      await play('out {"a":[1]}').json(),
      await outcomeOf(play('out no JSON').json<never>()),
      await outcomeOf(play('out {}', 'exit 4').json<never>()),
    ],
    ([json]) => expect(json).toEqual({ a: [1] }),
  );
});

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const seen: T[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}
