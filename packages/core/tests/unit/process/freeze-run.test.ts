import { PassThrough } from 'node:stream';
import tty from 'node:tty';
import { describe, expect, it, jest } from '@jest/globals';
import type { LaunchStreams } from '../../../src/contracts/launchable.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import type { PendingProcess } from '../../../src/process/pending-process.js';
import { freezeRun, freezeSpec } from '../../../src/process/freeze-run.js';
import { emptyDraft, type ProcessDraft } from '../../../src/process/process-draft.js';
import { makeManager } from '../../support/manager.js';

const frozen = (draft: Partial<ProcessDraft>): ReturnType<typeof freezeSpec> =>
  freezeSpec({ ...emptyDraft(), command: ['program'], ...draft });

describe('freezeSpec', () => {
  it.each([
    [true, 'auto', { tty: true, idleTimeoutMs: null }],
    [false, 'auto', { tty: false, idleTimeoutMs: 5 }],
    [false, true, { tty: true, idleTimeoutMs: null }],
    [true, false, { tty: false, idleTimeoutMs: 5 }],
  ] as const)(
    'has no silence end a program whose output goes to a terminal (there is one: %p, tty: %p)',
    (isTerminal, on, expected) => {
      jest.spyOn(tty, 'isatty').mockReturnValue(isTerminal);
      expect(frozen({ tty: on, idleTimeoutMs: 5 })).toMatchObject(expected);
    },
  );
});

describe('freezeRun', () => {
  /** As a pipeline has them: each look may open something anew. */
  class Streams {
    looks = 0;
    readonly stdout = new PassThrough();

    get stdin(): { readonly fd: number } {
      return { fd: ++this.looks };
    }
  }

  const streamsOf = (stdio: LaunchStreams) =>
    freezeRun({ ...emptyDraft(), command: ['program'] }, { stdio }).attachments.stdio;

  it('takes streams also from the class of what is given, with each look anew', () => {
    const given = new Streams();
    const { stdout } = streamsOf(given);
    const stdio = streamsOf(given);
    expect([given.looks, stdio.stdin, stdio.stdin]).toEqual([0, { fd: 1 }, { fd: 2 }]);
    expect([stdout, stdio.stderr]).toEqual([given.stdout, undefined]);
  });

  it('takes none from what somebody has added to Object.prototype', () => {
    const polluted = Object.prototype as LaunchStreams;
    Object.assign(polluted, { stdin: { fd: 7 }, stderr: { fd: 8 } });
    const streams = [streamsOf({}), streamsOf(new Streams())];
    const taken = streams.map(({ stdin, stderr }) => [stdin, stderr]);
    for (const name of ['stdin', 'stderr'] as const) Reflect.deleteProperty(polluted, name);
    expect(taken).toEqual([
      [undefined, undefined],
      [{ fd: 1 }, undefined],
    ]);
  });
});

describe('mergeStderr()', () => {
  const merged = (): PendingProcess => makeManager().command(['program']).mergeStderr();

  it.each<[string, PendingProcess]>([
    ['file', merged().output({ stderr: { file: '/tmp/err' } })],
    [
      'file, of a quiet process',
      merged()
        .quietly()
        .output({ stderr: { file: '/tmp/err' } }),
    ],
    [
      'file, said before',
      makeManager()
        .command('a')
        .output({ stderr: { file: '/e' } })
        .mergeStderr(),
    ],
    ['tee', merged().output({ stderr: { tee: new PassThrough() } })],
    ['policy', merged().output({ stderr: 'discard' })],
    ['policy that is the default', merged().output({ stdout: 'discard', stderr: 'spill' })],
    ['limit', merged().output({ stderr: { limit: 5 } })],
    ['file, by options', merged().options({ output: { stderr: { file: '/tmp/err' } } })],
  ])('is refused with a %s for stderr', (_what, pending) => {
    expect(() => pending.toSpec()).toThrow(InvalidArgumentError);
    expect(() => pending.toSpec()).toThrow('With mergeStderr() there is only stdout');
  });

  it.each<[string, PendingProcess]>([
    ['nothing', merged()],
    ['a limit for both', merged().maxOutput(5, 'tail')],
    ['the same for both', merged().output({ stdout: 'head', stderr: 'head' })],
    ['what is said of stdout', merged().output({ stdout: { policy: 'head', file: '/tmp/out' } })],
    [
      'what the configuration says',
      makeManager({ output: { policy: 'tail' } })
        .command('a')
        .mergeStderr(),
    ],
  ])('goes with %s', (_what, pending) => {
    expect(pending.toSpec().mergeStderr).toBe(true);
  });
});
