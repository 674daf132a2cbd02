import { describe, expect, it, jest } from '@jest/globals';
import { realTime } from '@proc/core/internal';
import { openPort } from '../../../src/transports/socket/open-port.js';

describe('An attempt to connect', () => {
  it('is given no time of less than none when its time is over: Node 24 would warn of that', async () => {
    const timer = jest.spyOn(realTime, 'setTimeout');
    const deadline = realTime.now() - 1000;
    const where = { address: '/there/is/no/hub', token: 'any', ms: 5, signal: undefined };

    await expect(openPort({ ...where, deadline })).rejects.toThrow('Could not connect to the hub');
    expect(timer.mock.calls.map(([, ms]) => ms)).toEqual([0]);
  });
});
