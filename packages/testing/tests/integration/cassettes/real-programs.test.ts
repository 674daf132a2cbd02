import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Application,
  ProcessManager,
  ProcessServiceProvider,
  secret,
  type ProcessResult,
} from '@proc/core';
import { useCassette, type CassetteOptions } from '@proc/testing/cassettes';
import { join } from 'node:path';
import { actor } from '../../support/behaviour/actor.js';
import { CassetteScene } from '../../support/cassette-scene.js';

/** No test takes this long: it only keeps one that hangs from hanging for ever. */
const HANG_GUARD = 60_000;

let scene: CassetteScene;
beforeEach(() => {
  scene = new CassetteScene();
});
afterEach(() => scene.remove());

type Body<Seen> = (processes: ProcessManager) => Promise<Seen>;

async function use<Seen>(
  mode: CassetteOptions['mode'],
  body: Body<Seen>,
  driver = 'node',
): Promise<Seen> {
  const config = { process: { default: driver } };
  const app = new Application({ providers: [ProcessServiceProvider], config });
  await app.boot();
  const cassette = await useCassette(scene.path, { target: app, mode });
  try {
    return await body(app.get(ProcessManager));
  } finally {
    await cassette.eject();
    await app.shutdown();
  }
}

async function outcome(run: Promise<ProcessResult>): Promise<unknown> {
  try {
    const { exitCode, signal, stdout, stderr, reason } = await run;
    return { exitCode, signal, stdout, stderr, reason };
  } catch (error) {
    const { code, message } = error as Error & { readonly code?: string };
    // How long it took is chance.
    return { code, message: message.replace(/after [\d.]+ (ms|seconds?)/, 'after …') };
  }
}

describe.each(['node', 'execa'])('recorded of real programs with %s', (driver) => {
  it(
    'they are the same when replayed, and the same bytes when recorded again',
    async () => {
      const body: Body<unknown> = async (processes) => {
        const play = (...steps: string[]) => processes.command(actor(...steps));
        return [
          await outcome(play('out a', 'pause 30', 'err b', 'pause 30', 'out c', 'exit 4').run()),
          await outcome(play('fill 300000').run()),
          await outcome(play('hex ff00fe').run()),
          await outcome(play('cat').input('x'.repeat(200_000)).run()),
          await outcome(play('die SIGKILL').run()),
          await outcome(play('wait').timeout('200ms').run()),
          await outcome(play('args 1', secret('not-for-disk') as never).run()),
          await outcome(play('out merged', 'err too').mergeStderr().run()),
          await outcome(processes.run(['no-such-program'])),
        ];
      };
      const recorded = await use('record', body, driver);
      const first = scene.text;
      await use('record', body, driver);

      expect(scene.text).toBe(first);
      expect(first).not.toContain('not-for-disk');
      expect(await use('replay', body, driver)).toEqual(recorded);
    },
    HANG_GUARD,
  );
});

describe('the input of a real program', () => {
  it(
    'is known as a whole where it is in memory, however much of it is read',
    async () => {
      const body: Body<unknown> = (processes) =>
        outcome(processes.command(actor('exit 0')).input('x'.repeat(1_000_000)).run());
      const recorded = await use('record', body);

      expect(scene.entries[0]?.['input']).toMatch(/^sha256:/);
      expect(await use('replay', body)).toEqual(recorded);
    },
    HANG_GUARD,
  );

  it(
    'that never ends is not waited for where the program did not',
    async () => {
      function* endless(): Generator<string> {
        for (;;) yield 'line\n';
      }
      const body: Body<unknown> = (processes) =>
        outcome(processes.command(actor('read', 'exit 3')).input(endless()).run());
      const recorded = await use('record', body);

      expect(scene.entries[0]?.['input']).toBe('partial');
      expect(await use('replay', body)).toEqual(recorded);
    },
    HANG_GUARD,
  );
});

describe('a working directory that does not exist', () => {
  it('is the same error when it is replayed, where it may exist', async () => {
    const body: Body<unknown> = (processes) =>
      outcome(processes.command(actor('out x')).path(join(scene.directory, 'missing')).run());
    const recorded = await use('record', body);

    expect(recorded).toMatchObject({ code: 'ERR_PROC_WORKING_DIRECTORY' });
    expect(scene.entries[0]?.['startError']).toMatchObject({
      code: 'ENOENT',
      directory: 'the working directory does not exist ({project}/missing).',
    });
    expect(await use('replay', body)).toEqual(recorded);
  });
});
