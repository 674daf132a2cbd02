import { expect, it } from '@jest/globals';
import {
  CommandNotFoundError,
  ExpectationError,
  ProcessCancelledError,
  ProcessFailedError,
  ProcessTimedOutError,
  type ProcError,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';

const HERE = /call-site\.test\.ts:\d+/;

/** The first place in a stack that is in nobody's package. */
function place(error: unknown): string | undefined {
  const frames = (error as Error).stack?.split('\n').filter((line) => line.startsWith('    at '));
  return HERE.exec(frames?.[0] ?? '')?.[0];
}

/** What a promise is rejected with, and the line from which this is called. */
async function failure(
  ask: () => Promise<unknown>,
): Promise<{ readonly error: ProcError; readonly line: string | undefined }> {
  const asked = new Error('asked');
  try {
    await ask();
  } catch (error) {
    const frames = asked.stack?.split('\n') ?? [];
    return { error: error as ProcError, line: HERE.exec(frames[2] ?? '')?.[0] };
  }
  throw new Error('nothing failed');
}

onEveryDriver('the stack of an error', ({ manager }) => {
  it('begins with the line that asked for a run that timed out', async () => {
    const { error, line } = await failure(() => manager().command('sleep 30').timeout(20).run());
    expect(error).toBeInstanceOf(ProcessTimedOutError);
    expect(place(error)).toBe(line);
  });

  it('begins with the line that asked for a program that is not there', async () => {
    const { error, line } = await failure(() => manager().run('no-such-program'));
    expect(error).toBeInstanceOf(CommandNotFoundError);
    expect(place(error)).toBe(line);
    const started = await failure(() => manager().start(['no-such-program']));
    expect(place(started.error)).toBe(started.line);
  });

  it('begins with the line that asked for a run, also when it ended long after', async () => {
    const controller = new AbortController();
    const { error } = await failure(() => {
      const run = manager().command('sleep 30').abortWith(controller.signal).run();
      setImmediate(() => controller.abort(new Error('enough')));
      return run;
    });
    expect(error).toBeInstanceOf(ProcessCancelledError);
    expect(place(error)).toMatch(HERE);
  });

  it('begins with the line that calls throw()', async () => {
    const result = await manager().run('false');
    const { error, line } = await failure(async () => result.throw());
    expect(error).toBeInstanceOf(ProcessFailedError);
    expect(place(error)).toBe(line);
  });

  it('begins with the line that calls runOrFail()', async () => {
    const processes = manager();
    const { error, line } = await failure(() => processes.command('false').runOrFail());
    expect(error).toBeInstanceOf(ProcessFailedError);
    expect(place(error)).toBe(line);
  });

  it('begins with the line that waits for output in vain', async () => {
    await using running = await manager().command('sleep 30').start();
    const { error, line } = await failure(() => running.expect('ready', 10));
    expect(error).toBeInstanceOf(ExpectationError);
    expect(place(error)).toBe(line);
  });

  it('begins with the line that started what ended badly, wherever it is waited for', async () => {
    const start = () => manager().command('sleep 30').timeout(20).start();
    const started = await start();
    const { error } = await failure(() => started.wait());
    expect(place(error)).toMatch(HERE);
  });

  it('begins with the name of its class and the message', async () => {
    const { error } = await failure(() => manager().command('sleep 30').timeout(20).run());
    expect(error.stack).toMatch(
      /^ProcessTimedOutError: The command "sleep 30" exceeded its timeout/,
    );
  });

  it('matters to no run when somebody has replaced the function that makes it', async () => {
    const replaced: readonly ((error: Error, frames: unknown) => unknown)[] = [
      (_, frames) => frames,
      () => undefined,
      () => {
        throw new Error('not today');
      },
    ];
    const { prepareStackTrace } = Error;
    for (const prepare of replaced) {
      const processes = manager();
      Error.prepareStackTrace = prepare;
      try {
        const timedOut: unknown = await processes.command('sleep 30').timeout(20).run().catch(give);
        const missing: unknown = await processes.run('no-such-program').catch(give);
        const failed: unknown = await processes.command('false').runOrFail().catch(give);
        expect([
          ProcessTimedOutError.is(timedOut),
          CommandNotFoundError.is(missing),
          ProcessFailedError.is(failed),
        ]).toEqual([true, true, true]);
      } finally {
        Error.prepareStackTrace = prepareStackTrace;
      }
    }
  });
});

function give(error: unknown): unknown {
  return error;
}
