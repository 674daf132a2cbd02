import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError, secret } from '@proc/core';
import type { PipelineMode } from '@proc/pipe';
import { withManager } from '../support/application.js';

const VALUE = 'swordfish';

function textsOf(value: unknown): string {
  return `${JSON.stringify(value)} ${inspect(value, { depth: 9 })} ${String(value)}`;
}

describe.each<PipelineMode>(['sequential', 'streaming'])('a secret in a %s pipeline', (mode) => {
  it('shows neither in the result nor in the error, also where a later stage prints it', async () => {
    await withManager(async (processes) => {
      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command(['printf', '%s', secret(VALUE)]);
            pipe.command('tee /dev/stderr');
            pipe.command(['sh', '-c', 'cat; exit 3']);
          },
          { mode },
        )
        .run();

      expect(result.stdout).toBe(VALUE);
      expect(textsOf(result)).not.toContain(VALUE);
      expect(textsOf(result.stages)).not.toContain(VALUE);
      expect(() => result.throw()).toThrow(/\[secret\]/);
      expect(() => result.throw()).not.toThrow(new RegExp(VALUE));
    });
  });

  it('does not show in the error of a function that complains about it', async () => {
    await withManager(async (processes) => {
      const complain = (line: string): string => {
        throw new TypeError(`What is ${line}?`);
      };
      const result = await processes
        .pipe(['cat', complain], { mode, input: secret(VALUE) })
        .run()
        .catch((error: unknown) => (error as { result: unknown }).result);

      expect(textsOf(result)).toContain('What is [secret]?');
      expect(textsOf(result)).not.toContain(VALUE);
    });
  });

  it('does not show when it comes to light in the middle of an input', async () => {
    await withManager(async (processes) => {
      const pieces = ['a ', secret(VALUE)];
      const ofPipeline = processes.pipe(['cat', 'cat >&2; exit 4'], { mode, input: pieces });
      const ofStage = processes.pipe(
        (pipe) => {
          pipe.command('cat').input(pieces);
          pipe.command('cat >&2; exit 4');
        },
        { mode },
      );
      const nested = processes.pipe(
        (pipe) => {
          pipe.pipeThrough((inner) => {
            inner.command('cat').input(pieces);
            inner.command('cat');
          });
          pipe.command('cat >&2; exit 4');
        },
        { mode },
      );
      for (const pipeline of [ofPipeline, ofStage, nested]) {
        const result = await pipeline.run();
        expect(result.stderr).toBe(`a ${VALUE}`);
        expect(textsOf(result) + textsOf(result.stages)).not.toContain(VALUE);
        expect(() => result.throw()).toThrow(/a \[secret\]/);
        expect(() => result.throw()).not.toThrow(new RegExp(VALUE));
      }
    });
  });

  it('takes the place of no argument of another stage', async () => {
    await withManager(async (processes) => {
      const result = await processes
        .pipe(
          (pipe) => {
            pipe.command(['printf', '%s', secret(VALUE)]);
            pipe.command(['printf', '%s', '[secret]']);
          },
          { mode },
        )
        .run();
      expect(result.stdout).toBe('[secret]');
    });
  });

  it('does not show in an error of ours that a function throws', async () => {
    await withManager(async (processes) => {
      const refuse = (line: string): string => {
        throw new InvalidArgumentError(`No ${line}.`);
      };
      const error: unknown = await processes
        .pipe(['cat', refuse], { mode, input: secret(VALUE) })
        .run()
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InvalidArgumentError);
      expect(String(error)).toBe('InvalidArgumentError: No [secret].');
    });
  });
});

describe('a secret that is written to a running pipeline', () => {
  it('reaches the program, and does not show from then on', async () => {
    await withManager(async (processes) => {
      const running = await processes
        .pipe(['cat', 'cat >&2; exit 4'])
        .streaming()
        .interactive()
        .start();
      await running.write(secret(VALUE));
      await running.closeInput();
      const result = await running.wait();
      expect(result.stderr).toBe(VALUE);
      expect(textsOf(result)).not.toContain(VALUE);
    });
  });
});
