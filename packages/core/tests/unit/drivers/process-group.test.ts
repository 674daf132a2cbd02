import fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { groupAlive, signalGroup } from '../../../src/drivers/process-group.js';
import { leftOut } from '../../support/left-out.js';

const failing = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code });
};

const onPosix = process.platform === 'win32' ? describe.skip : describe;
if (onPosix !== describe) leftOut('Windows has no process groups');

onPosix('signalGroup', () => {
  let kill: jest.SpiedFunction<typeof process.kill>;
  beforeEach(() => {
    kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  });
  afterEach(() => {
    kill.mockRestore();
  });

  it('reaches the whole group of a leader, and of any other process only itself', () => {
    expect(signalGroup(4242, 'SIGTERM', false)).toBe(true);
    expect(signalGroup(4242, 'SIGTERM', true)).toBe(true);
    expect(kill.mock.calls).toEqual([
      [-4242, 'SIGTERM'],
      [4242, 'SIGTERM'],
    ]);
  });

  it.each([0, 1, -1, NaN, 1.5])(
    'never sends to %p: that would be our own group, or everybody',
    (pid) => {
      for (const alone of [true, false]) expect(signalGroup(pid, 'SIGKILL', alone)).toBe(false);
      expect(groupAlive(pid)).toBe(false);
      expect(kill).not.toHaveBeenCalled();
    },
  );

  it('tells whether there was anything to receive the signal, and throws for nothing', () => {
    kill.mockImplementation(failing('ESRCH'));
    expect([signalGroup(4242, 'SIGTERM', false), groupAlive(4242)]).toEqual([false, false]);
    kill.mockImplementation(failing('EPERM'));
    expect(signalGroup(4242, 'SIGTERM', false)).toBe(true);
  });
});

const onLinux = process.platform === 'linux' ? describe : describe.skip;
if (onLinux !== describe) leftOut('Only Linux tells the groups of all processes');

onLinux('groupAlive', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('looks at all processes twice at most for whoever asks for many groups in one turn', async () => {
    jest.spyOn(process, 'kill').mockReturnValue(true);
    const look = jest.spyOn(fs, 'readdirSync');
    const ask = (): boolean[] => Array.from({ length: 100 }, (_, index) => groupAlive(5e6 + index));
    expect(ask()).not.toContain(true);
    expect(look).toHaveBeenCalledTimes(2);
    await Promise.resolve();
    expect(ask()).not.toContain(true);
    expect(look).toHaveBeenCalledTimes(4);
  });

  it('believes the kernel where the processes can not be seen', () => {
    jest.spyOn(process, 'kill').mockReturnValue(true);
    jest.spyOn(fs, 'readdirSync').mockImplementation(failing('EACCES'));
    expect([groupAlive(5e6), groupAlive(5e6)]).toEqual([true, true]);
  });
});
