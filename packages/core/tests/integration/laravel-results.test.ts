import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it } from '@jest/globals';
import { ProcessFailedError, type ProcessResult } from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { script, sh } from '../support/programs.js';

const thrownBy = (fn: () => unknown): ProcessFailedError => {
  try {
    fn();
  } catch (error) {
    return error as ProcessFailedError;
  }
  throw new Error('it was expected to throw');
};

onEveryDriver('a result, as Laravel has it', ({ manager }) => {
  it('of a success in a directory has its output, and nothing on stderr', async () => {
    const directory = realpathSync(tmpdir());
    const result = await manager().path(directory).run(sh('pwd -P'));
    expect([result.successful(), result.failed(), result.exitCode]).toEqual([true, false, 0]);
    expect([result.output(), result.errorOutput()]).toEqual([`${directory}\n`, '']);
  });

  it('of a success throws nothing, even when it may', async () => {
    const result = await manager().run(['true']);
    expect([result.throw(), result.throwIf(true), result.throwUnless(false)]).toEqual(
      Array(3).fill(result),
    );
  });

  it('of a failure has stderr apart from stdout, and was not thrown', async () => {
    const result = await manager().run(sh('echo out; echo err >&2; exit 1'));
    expect([result.successful(), result.failed(), result.exitCode]).toEqual([false, true, 1]);
    expect([result.output(), result.errorOutput()]).toEqual(['out\n', 'err\n']);
  });

  it('of a failure throws when it is asked to, and only then', async () => {
    const result = await manager().run(sh('exit 2'));
    expect(() => result.throw()).toThrow(ProcessFailedError);
    expect(() => result.throwIf(true)).toThrow(ProcessFailedError);
    expect(result.throwIf(false)).toBe(result);
  });

  it('of a quiet process has an exit code, and no output to look at', async () => {
    const result = await manager().command(sh('echo out; echo err >&2; exit 5')).quietly().run();
    expect([result.output(), result.errorOutput(), result.exitCode]).toEqual(['', '', 5]);
    expect([result.seeInOutput('out'), result.seeInErrorOutput('err')]).toEqual([false, false]);
  });

  it('of a quiet process throws an error with command and exit code alone, which holds it', async () => {
    const result = await manager().command(['ls', '/not/there']).quietly().run();
    const error = thrownBy(() => result.throw());
    expect(error.message).toMatch(
      /^The command "ls \/not\/there" failed with exit code \d+ \([^\n]*\)\.$/,
    );
    expect(error.result).toBe(result);
    expect(error.result?.exitCode).toBe(result.exitCode);
  });

  it.each([
    ['nothing else where it printed nothing', 'exit 3', ''],
    ['its stderr', 'echo problem >&2; exit 3', '\nError output:\nproblem'],
    ['its stdout where stderr is empty', 'echo finding; exit 3', '\nOutput:\nfinding'],
  ])('throws a message of command, exit code and %s', async (_, line, rest) => {
    const result: ProcessResult = await manager().run(sh(line));
    const { message } = thrownBy(() => result.throw());
    expect(message).toBe(
      `The command "${result.command}" failed with exit code 3 (Unknown error).${rest}`,
    );
  });
});

onEveryDriver('a quiet process', ({ manager }) => {
  it('keeps nothing in memory, however much it prints', async () => {
    const size = 256 * 1024 * 1024;
    const code = `const block = Buffer.alloc(1 << 20, 'x');
      let left = ${size} / block.length;
      const more = () => { while (left > 0) { left--; if (!process.stdout.write(block)) return process.stdout.once('drain', more); } };
      more();`;
    let printed = 0;
    let most = 0;
    const before = process.memoryUsage().rss;
    const result = await manager()
      .command(script(code))
      .quietly()
      .run((_, chunk) => {
        printed += chunk.length;
        most = Math.max(most, process.memoryUsage.rss());
      });
    expect([printed, result.stdout]).toEqual([size, '']);
    expect(most - before).toBeLessThan(size / 2);
  });
});
