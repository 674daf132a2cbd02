import tty from 'node:tty';
import { describe, expect, it, jest } from '@jest/globals';
import { freezeSpec } from '../../../src/process/freeze-run.js';
import { emptyDraft, type ProcessDraft } from '../../../src/process/process-draft.js';

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
