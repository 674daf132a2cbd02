import { describe, expect, it, jest } from '@jest/globals';
import { measured, type Measured } from '../support/measured.js';

jest.setTimeout(600_000);

describe.each([
  ['node', 10_000],
  // The runs are core's; of the driver this only has to show that it adds nothing to them.
  ['execa', 1000],
] as const)('a process (driver %s)', (driver, runs) => {
  it('may be run thousands of times, fifty at once, and leaves nothing behind', async () => {
    const report = await measured<
      Measured & Record<'first' | 'last', Readonly<Record<string, unknown>>>
    >(
      driver,
      `const { readdirSync, readFileSync } = require('node:fs');
       const linux = process.platform === 'linux';
       const children = () => linux
         ? readFileSync('/proc/self/task/' + process.pid + '/children', 'utf8').trim().split(' ').length : 0;
       const state = () => ({
         descriptors: linux ? readdirSync('/proc/self/fd').length : 0,
         children: children(),
         listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
         resources: process.getActiveResourcesInfo().sort(),
         active: manager.activeProcesses.length,
       });
       let next = 0, wrong = 0;
       const runAll = (until) => Promise.all(Array.from({ length: 50 }, async () => {
         while (next < until) {
           const number = String(next++);
           const result = await manager.run(['/bin/echo', number], { timeout: '1h' });
           if (result.stdout !== number + '\\n' || result.exitCode !== 0) wrong++;
         }
       }));
       const settled = async () => {
         for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
         return state();
       };
       await runAll(500);
       const first = await settled();
       await runAll(${runs});
       console.log(JSON.stringify({
         first: { ...first, wrong: 0 }, last: { ...(await settled()), wrong }, peakMiB: peak(),
       }));`,
    );
    expect(report.last).toEqual(report.first);
    expect(report.peakMiB).toBeLessThan(200);
  });
});
