import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RunScope } from '../../../src/process/run-scope.js';
import { Termination } from '../../../src/termination/termination.js';
import { HandMadeHandle } from '../../support/hand-made-handle.js';
import { makeSpec } from '../../support/spec.js';

const GRACE = 1000;

describe('Termination', () => {
  let handle: HandMadeHandle;
  let scope: RunScope;
  let termination: Termination;
  let announced: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    handle = new HandMadeHandle();
    scope = new RunScope();
    announced = [];
    const spec = makeSpec({ graceMs: GRACE, killSignal: 'SIGINT' });
    termination = new Termination(handle, spec, scope, (signal) => announced.push(signal));
  });
  afterEach(() => {
    scope.close();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('sends the signal of the specification, and SIGKILL after its grace', () => {
    termination.request({ reason: 'timedOut' });
    expect(handle.signals).toEqual(['SIGINT']);
    jest.advanceTimersByTime(GRACE - 1);
    expect(handle.signals).toEqual(['SIGINT']);
    jest.advanceTimersByTime(1);
    expect(handle.signals).toEqual(['SIGINT', 'SIGKILL']);
    jest.advanceTimersByTime(GRACE * 10);
    expect(announced).toEqual(['SIGINT', 'SIGKILL']);
  });

  it('prefers the signal and grace of the request', () => {
    termination.request({ reason: 'stopped', signal: 'SIGHUP', graceMs: 5 });
    jest.advanceTimersByTime(5);
    expect(handle.signals).toEqual(['SIGHUP', 'SIGKILL']);
  });

  it('needs no ladder for SIGKILL', () => {
    termination.request({ reason: 'stopped', signal: 'SIGKILL' });
    jest.advanceTimersByTime(GRACE * 10);
    expect(handle.signals).toEqual(['SIGKILL']);
  });

  it('lets what was stopped go on with each signal that asks it to end', () => {
    termination.send('SIGUSR1');
    expect(handle.continued).toBe(0);
    termination.request({ reason: 'stopped' });
    termination.request({ reason: 'stopped', signal: 'SIGHUP' });
    expect(handle.continued).toBe(2);
    jest.advanceTimersByTime(GRACE);
    expect([handle.signals, handle.continued]).toEqual([
      ['SIGUSR1', 'SIGINT', 'SIGHUP', 'SIGKILL'],
      2,
    ]);
  });

  it('lets nothing go on where SIGKILL is the first signal', () => {
    termination.request({ reason: 'stopped', signal: 'SIGKILL' });
    expect([handle.signals, handle.continued]).toEqual([['SIGKILL'], 0]);
  });

  it('keeps the first reason and its cause', () => {
    const cause = new Error('first');
    termination.request({ reason: 'cancelled', cause });
    termination.request({ reason: 'timedOut', cause: new Error('second') });
    expect(termination.reason).toBe('cancelled');
    expect(termination.cause).toBe(cause);
  });

  it('is hurried by a later request with less grace', () => {
    termination.request({ reason: 'timedOut' });
    jest.advanceTimersByTime(100);
    termination.request({ reason: 'stopped', graceMs: 50 });
    jest.advanceTimersByTime(50);
    expect(handle.signals).toEqual(['SIGINT', 'SIGINT', 'SIGKILL']);
    expect(termination.reason).toBe('timedOut');
  });

  it('is not delayed by a later request with more grace', () => {
    termination.request({ reason: 'timedOut' });
    jest.advanceTimersByTime(GRACE - 10);
    termination.request({ reason: 'stopped', graceMs: GRACE * 10 });
    jest.advanceTimersByTime(10);
    expect(handle.signals).toEqual(['SIGINT', 'SIGINT', 'SIGKILL']);
    jest.advanceTimersByTime(GRACE * 20);
    expect(handle.signals).toHaveLength(3);
  });

  it('kills at once when a later request says so', () => {
    termination.request({ reason: 'timedOut' });
    termination.request({ reason: 'stopped', signal: 'SIGKILL' });
    expect(handle.signals).toEqual(['SIGINT', 'SIGKILL']);
  });

  it('is too late once the process has exited by itself', () => {
    termination.exited({ exitCode: 3, signal: null });
    termination.request({ reason: 'timedOut' });
    expect(handle.signals).toEqual([]);
    expect([termination.active, termination.reason]).toEqual([false, null]);
  });

  it('still ends the wait for a receiver that holds the output back', () => {
    let late = true;
    termination.exited({ exitCode: 3, signal: null }, () => late);
    termination.request({ reason: 'inputFailed' });
    termination.request({ reason: 'idleTimedOut' });
    expect(termination.active).toBe(false);
    termination.request({ reason: 'timedOut' });
    late = false;
    expect([handle.signals, termination.reason]).toEqual([[], 'timedOut']);
  });

  it.each(['callbackFailed', 'outputLimit'] as const)(
    'learns of %s even after the exit',
    (reason) => {
      termination.exited({ exitCode: 0, signal: null });
      termination.request({ reason });
      expect([handle.signals, termination.reason]).toEqual([[], reason]);
    },
  );

  it('does nothing after the run is over', () => {
    scope.close();
    termination.request({ reason: 'timedOut' });
    expect(handle.signals).toEqual([]);
  });

  it('takes a signal of ours for a stop, and any other for one from outside', () => {
    termination.send('SIGTERM');
    termination.exited({ exitCode: null, signal: 'SIGTERM' });
    expect(termination.reason).toBe('stopped');
    termination.exited({ exitCode: null, signal: 'SIGSEGV' });
    expect(termination.reason).toBe('signaled');
  });

  it('says whether a signal was sent, and announces only those', () => {
    expect(termination.send('SIGTERM')).toBe(true);
    handle.end();
    expect(termination.send('SIGTERM')).toBe(false);
    expect(announced).toEqual(['SIGTERM']);
  });

  describe('of a group that outlives its leader', () => {
    const gone = async (): Promise<'gone' | 'waits'> => {
      let state: 'gone' | 'waits' = 'waits';
      void termination.groupGone().then(() => {
        state = 'gone';
      });
      await jest.advanceTimersByTimeAsync(GRACE - 1);
      return state;
    };

    beforeEach(() => {
      handle.group = true;
      termination.request({ reason: 'timedOut' });
      handle.exit();
    });

    it('waits until the last member has gone', async () => {
      setTimeout(() => {
        handle.group = false;
      }, 300);
      expect(await gone()).toBe('gone');
      expect(handle.signals).toEqual(['SIGINT']);
    });

    it('kills the rest when the grace has passed, and announces that once', async () => {
      expect(await gone()).toBe('waits');
      await jest.advanceTimersByTimeAsync(200);
      expect(announced).toEqual(['SIGINT', 'SIGKILL']);
    });
  });
});
