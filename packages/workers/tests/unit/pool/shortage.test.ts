import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { lackOf, Shortage } from '../../../src/pool/shortage.js';
import { useHandMadeTime, useRealTime } from '../../support/pass.js';

const failed = (code: string, message = code): { readonly error: Error } => ({
  error: Object.assign(new Error(message), { code }),
});

describe('What a worker was not started for', () => {
  it.each([
    ['no file descriptor left', failed('EMFILE', 'spawn node EMFILE')],
    ['the limit of processes', failed('EAGAIN', 'spawn node EAGAIN')],
    [
      'no file descriptor left',
      failed('ERR_WORKER_INIT_FAILED', 'Worker initialization failure: EMFILE'),
    ],
  ])('is a lack: %s', (lack, end) => {
    expect(lackOf(end)).toContain(lack);
  });

  it.each([
    [failed('ENOENT')],
    [failed('ERR_WORKER_INIT_FAILED', 'Worker initialization failure')],
    [failed('constructor')],
    [{ error: undefined }],
  ])('is none: %j', (end) => {
    expect(lackOf(end)).toBeUndefined();
  });
});

describe('A lack of the system', () => {
  beforeEach(useHandMadeTime);
  afterEach(() => {
    jest.restoreAllMocks();
    useRealTime();
  });

  const pass = (ms: number): void => jest.advanceTimersByTime(ms);

  it('is waited out, at first for a moment, then for longer', () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const onRetry = jest.fn();
    const shortage = new Shortage(onRetry);
    const waits: number[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      shortage.begin('images', 'no descriptors');
      let ms = 0;
      for (; shortage.holds; ms += 50) pass(50);
      waits.push(ms);
    }
    expect(waits).toEqual([50, 100, 200, 400, 800, 1600, 2000, 2000]);
    expect(onRetry).toHaveBeenCalledTimes(8);
    expect([shortage.isActive, shortage.lack]).toEqual([true, 'no descriptors']);
    shortage.end();
    expect([shortage.isActive, shortage.lack]).toEqual([false, undefined]);
    shortage.begin('images', 'no descriptors');
    pass(50);
    expect([shortage.holds, onRetry.mock.calls.length]).toEqual([false, 9]);
  });

  it('leaves no timer when it has ended', () => {
    const onRetry = jest.fn();
    const shortage = new Shortage(onRetry);
    shortage.begin('images', 'no descriptors');
    shortage.end();
    expect(jest.getTimerCount()).toBe(0);
    expect(shortage.holds).toBe(false);
  });

  it('is told of once, after a minute', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const shortage = new Shortage(() => shortage.begin('images', 'no descriptors'));
    shortage.begin('images', 'no descriptors');
    pass(59_000);
    expect(warn).not.toHaveBeenCalled();
    pass(60_000);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toContain('"images" has been waiting for a minute');
  });
});
