import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ProcessDraft } from '../../../src/process/process-draft.js';
import { RunScope } from '../../../src/process/run-scope.js';
import { watchAbort } from '../../../src/termination/abort.js';
import { watchDeadlines } from '../../../src/termination/deadlines.js';
import { Termination } from '../../../src/termination/termination.js';
import { Captured, Gate } from '../../support/captured.js';
import { mostListeners } from '../../support/most-listeners.js';
import { makeSpec } from '../../support/spec.js';

describe('watchDeadlines', () => {
  let captured: Captured;
  let scope: RunScope;
  let termination: Termination;

  const watch = (draft: Partial<ProcessDraft>): void => {
    const spec = makeSpec(draft);
    termination = new Termination(captured.handle, spec, scope, () => undefined);
    watchDeadlines(spec, captured.capture, termination, scope);
  };

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    captured = new Captured();
    scope = new RunScope();
  });
  afterEach(() => {
    scope.close();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('ends the process after its timeout, output or not', async () => {
    watch({ timeoutMs: 100 });
    jest.advanceTimersByTime(99);
    await captured.print('busy');
    expect(termination.reason).toBeNull();
    jest.advanceTimersByTime(1);
    expect(termination.reason).toBe('timedOut');
  });

  it('ends the process after a silence, counted from the last chunk of either stream', async () => {
    watch({ idleTimeoutMs: 100 });
    for (const type of ['out', 'err', 'out'] as const) {
      jest.advanceTimersByTime(90);
      await captured.print('.', type);
    }
    jest.advanceTimersByTime(99);
    expect(termination.reason).toBeNull();
    jest.advanceTimersByTime(2);
    expect(termination.reason).toBe('idleTimedOut');
  });

  it('ends a process that goes on printing by its timeout, not for its silence', async () => {
    watch({ timeoutMs: 500, idleTimeoutMs: 100 });
    for (let at = 0; at < 500; at += 50) {
      expect(termination.reason).toBeNull();
      await captured.print('.');
      jest.advanceTimersByTime(50);
    }
    expect(termination.reason).toBe('timedOut');
  });

  it('does not count the time in which a reader holds the process back', async () => {
    const gate = new Gate();
    captured.capture.add({ accept: () => gate.opened });
    watch({ idleTimeoutMs: 100 });
    await captured.print('.');
    jest.advanceTimersByTime(1000);
    expect(termination.reason).toBeNull();
    gate.open();
    await jest.advanceTimersByTimeAsync(0);
    jest.advanceTimersByTime(90);
    expect(termination.reason).toBeNull();
    jest.advanceTimersByTime(120);
    expect(termination.reason).toBe('idleTimedOut');
  });

  it('sets no timer when there is no deadline', () => {
    watch({});
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('watchAbort', () => {
  it('calls once for the first signal that aborts, with its reason', () => {
    const controllers = [new AbortController(), new AbortController()];
    const onAbort = jest.fn();
    const scope = new RunScope();
    watchAbort(
      controllers.map(({ signal }) => signal),
      scope,
      onAbort,
    );
    controllers[1]?.abort('why');
    expect(onAbort.mock.calls).toEqual([['why']]);
    scope.close();
    controllers[0]?.abort('too late');
    expect(onAbort).toHaveBeenCalledTimes(1);
  });

  it('calls at once for a signal that has aborted', () => {
    const onAbort = jest.fn();
    watchAbort([AbortSignal.abort('before')], new RunScope(), onAbort);
    expect(onAbort.mock.calls).toEqual([['before']]);
  });

  it('lets many runs share a signal: no number of listeners is taken for a leak', () => {
    const { signal } = new AbortController();
    const scope = new RunScope();
    watchAbort([signal], scope, () => undefined);
    expect(mostListeners(signal)).toBe(0);
    scope.close();
  });
});
