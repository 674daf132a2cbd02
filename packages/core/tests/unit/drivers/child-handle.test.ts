import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ProcessHandle } from '../../../src/contracts/process-handle.js';
import { ChildHandle } from '../../../src/drivers/child-handle.js';
import { resolveLaunch } from '../../../src/launch/resolve-launch.js';
import { leftOut } from '../../support/left-out.js';
import { makeSpec } from '../../support/spec.js';

/** A `ChildProcess` that lives and dies as the test says. */
class HandMadeChild extends EventEmitter {
  readonly pid = 4242;
  readonly stdin = null;
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
}

const onPosix = process.platform === 'win32' ? describe.skip : describe;
if (onPosix !== describe) leftOut('Windows has no process groups');

onPosix('the handle of a child', () => {
  let child: HandMadeChild;
  let alive: boolean;
  let kill: jest.SpiedFunction<typeof process.kill>;

  const handle = (tty = false): ProcessHandle =>
    new ChildHandle(child as unknown as ChildProcess, resolveLaunch(makeSpec({ tty })));
  const sent = (): unknown => kill.mock.calls.filter(([, signal]) => signal !== 0);

  beforeEach(() => {
    child = new HandMadeChild();
    alive = true;
    kill = jest.spyOn(process, 'kill').mockImplementation(() => {
      if (!alive) throw Object.assign(new Error('gone'), { code: 'ESRCH' });
      return true;
    });
  });
  afterEach(() => {
    kill.mockRestore();
  });

  it('signals the group that its process leads', () => {
    expect(handle().signal('SIGTERM')).toBe(true);
    expect(sent()).toEqual([[-4242, 'SIGTERM']]);
  });

  it('signals only its process where that is in our own group', () => {
    expect(handle(true).signal('SIGTERM')).toBe(true);
    expect(sent()).toEqual([[4242, 'SIGTERM']]);
  });

  it.each([true, false])(
    "signals nobody once its process has gone: the pid may be anybody's (tty %p)",
    async (tty) => {
      const gone = handle(tty);
      // The pid has been given to somebody else in the meantime, who leads no group.
      kill.mockImplementation((target) => {
        if (target < 0) throw Object.assign(new Error('gone'), { code: 'ESRCH' });
        return true;
      });
      child.emit('exit', 0, null);
      expect(await gone.exited).toEqual({ exitCode: 0, signal: null });
      expect([gone.signal('SIGKILL'), gone.groupAlive?.()]).toEqual([false, false]);
      expect(sent()).toEqual([]);
    },
  );

  it('takes a group whose leader lives for another one, once its own leader has ended', async () => {
    const gone = handle();
    child.emit('exit', 0, null);
    await gone.exited;
    // The number has been given anew, and whoever got it has made itself the leader of a group.
    expect([gone.groupAlive?.(), gone.signal('SIGKILL')]).toEqual([false, false]);
    expect(sent()).toEqual([]);
  });

  it('ends with the first exit, whatever is emitted afterwards', async () => {
    const { exited } = handle();
    child.emit('exit', null, 'SIGTERM');
    child.emit('exit', 0, null);
    child.emit('close', 0, null);
    expect(await exited).toEqual({ exitCode: null, signal: 'SIGTERM' });
  });
});
