import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { secret } from '@proc/core';
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
});
