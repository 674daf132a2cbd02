import { describe, expect, it, jest } from '@jest/globals';
import { openPort } from '../../../src/transports/socket/open-port.js';

describe('An attempt to connect', () => {
  it('is given no time of less than none when its time is over: Node 24 would warn of that', async () => {
    const timer = jest.spyOn(globalThis, 'setTimeout');
    const deadline = performance.now() - 1000;
    const where = { address: '/there/is/no/hub', token: 'any', ms: 5, signal: undefined };

    await expect(openPort({ ...where, deadline })).rejects.toThrow('Could not connect to the hub');
    expect(timer.mock.calls.map(([, ms]) => ms)).toEqual([0]);
  });
});
