import { describe, expect, it } from '@jest/globals';
import { ProcessStartError } from '@proc/core';
import { describedLine } from '@proc/core/internal';
import { failedStage, type EndedStage } from '../../../src/run/verdict.js';
import { resultOf, type ResultParts } from '../../support/hand-made-stage.js';

const ok: ResultParts = {};
const failed: ResultParts = { exitCode: 3 };
const sigpipe: ResultParts = { signal: 'SIGPIPE' };
const epipe: ResultParts = { exitCode: 1, stderr: 'Error: write EPIPE' };
const error = new ProcessStartError('no', describedLine('x'));
const unstartable: ResultParts = { error, reason: 'failedToStart' };

function stage(parts: ResultParts, readerClosedEarly = false): EndedStage {
  return { result: resultOf(parts), readerClosedEarly };
}

describe('failedStage', () => {
  it.each<[string, ResultParts[], number | undefined, number | undefined, number | undefined]>([
    // name, stages, tolerant, strict, last
    ['all well', [ok, ok, ok], undefined, undefined, undefined],
    ['the last one failed', [ok, failed], 1, 1, 1],
    ['the first one failed', [failed, ok], 0, 0, undefined],
    ['several failed: the last of them', [failed, failed, ok], 1, 1, undefined],
    ['a writer lost its reader', [sigpipe, ok], undefined, 0, undefined],
    [
      'a shell tells that its command lost the reader',
      [{ exitCode: 141 }, ok],
      undefined,
      0,
      undefined,
    ],
    ['a writer reports the loss itself', [epipe, ok], undefined, 0, undefined],
    ['losses in a row', [sigpipe, epipe, ok], undefined, 1, undefined],
    ['the reader failed, the writer lost it', [sigpipe, failed], 1, 1, 1],
    ['the middle failed, the first lost it', [sigpipe, failed, ok], 1, 1, undefined],
    ['the last one was hit by SIGPIPE itself', [ok, sigpipe], 1, 1, 1],
    ['one could not be started', [unstartable, ok], 0, 0, 0],
  ])('%s', (_name, parts, tolerant, strict, last) => {
    const stages = parts.map((part) => stage(part));

    expect(failedStage(stages, stages.length, 'tolerant')).toBe(tolerant);
    expect(failedStage(stages, stages.length, 'strict')).toBe(strict);
    expect(failedStage(stages, stages.length, 'last')).toBe(last);
  });

  it('takes any exit of a writer for a loss whose reader is known to have closed early', () => {
    expect(failedStage([stage(failed, true), stage(ok)], 2, 'tolerant')).toBeUndefined();
    expect(failedStage([stage(failed, false), stage(ok)], 2, 'tolerant')).toBe(0);
  });

  it('does not take the last stage that ran for the last stage of the pipeline', () => {
    expect(failedStage([stage(sigpipe)], 2, 'tolerant')).toBe(0);
    expect(failedStage([stage(failed)], 2, 'last')).toBeUndefined();
  });
});
