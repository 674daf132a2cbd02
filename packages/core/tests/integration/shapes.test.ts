import { expect, it } from '@jest/globals';
import type { ProcessResult } from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { sh } from '../support/programs.js';

/** Everything that a result has, methods included. */
function shape(result: ProcessResult): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  for (let level: object = result; level !== Object.prototype;) {
    for (const name of Object.getOwnPropertyNames(level)) {
      if (name === 'constructor' || members.has(name)) continue;
      const value = result[name as keyof ProcessResult] as unknown;
      members.set(name, value === null || value === undefined ? 'nothing' : typeof value);
    }
    level = Object.getPrototypeOf(level) as object;
  }
  return members;
}

onEveryDriver('the result of every ending', ({ manager }) => {
  it('has the same members, with values of the same kinds', async () => {
    const processes = manager();
    const sleeping = processes.command(['sleep', '1000']);
    const running = await processes.start(sh('echo up; exec sleep 1000'));
    const results = {
      unfinished: await running.waitUntil('up'),
      stopped: await running.stop(),
      failure: await processes.run(['false']),
      signal: await processes.run(sh('kill -s USR1 $$')),
      timeout: await sleeping.timeout(20).launch().outcome,
      limit: await processes.command(['yes']).maxOutput(1).launch().outcome,
      abort: await sleeping.launch({ signal: AbortSignal.abort() }).outcome,
      missing: await processes.command(['not-there-at-all']).launch().outcome,
      invalid: await processes.command([]).launch().outcome,
    };
    const mayBeNothing = new Set([
      'pid',
      'exitCode',
      'signal',
      'endedAt',
      'reason',
      'error',
      'tag',
    ]);
    const success = shape(await processes.run(['true']));
    expect([...success.keys()]).toEqual(expect.arrayContaining(['stdout', 'throw', 'toJSON']));
    for (const [ending, result] of Object.entries(results)) {
      const members = shape(result);
      expect([ending, ...members.keys()]).toEqual([ending, ...success.keys()]);
      for (const [name, type] of members) {
        if (!mayBeNothing.has(name))
          expect([ending, name, type]).toEqual([ending, name, success.get(name)]);
      }
      expect(Object.keys(result.toJSON())).toEqual([
        'command',
        'pid',
        'exitCode',
        'signal',
        'reason',
        'error',
        'stdout',
        'stderr',
        'startedAt',
        'endedAt',
        'durationMs',
        'attempts',
        'outputHeldOpen',
        'outputTruncated',
        'tag',
        'meta',
      ]);
    }
  });
});
