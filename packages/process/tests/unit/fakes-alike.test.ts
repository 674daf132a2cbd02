import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Process } from '@proc/process';
import '@proc/testing';

afterEach(() => Process.restore());

const BEHAVIOURS = {
  'a pattern': () => Process.fake({ 'tool *': Process.result('out', 'err', 3) }),
  'a function': () => Process.fake(() => Process.result('out', 'err', 3)),
  'a sequence': () =>
    Process.fake({ 'tool *': Process.sequence([Process.result('out', 'err', 3)]) }),
  'a described life': () =>
    Process.fake({
      'tool *': () => Process.describe().output('out').delay(1).errorOutput('err').exitCode(3),
    }),
};

const WAYS = {
  run: () => Process.run('tool x'),
  start: async () => (await Process.start('tool x')).wait(),
  'a pool': async () => {
    const [result] = await Process.concurrently(['tool x']);
    return result;
  },
  'a pipeline': () => Process.pipe(['tool x']).run(),
};

describe.each(Object.entries(BEHAVIOURS))('a fake by %s', (_, fake) => {
  it.each(Object.entries(WAYS))('gives the same to %s', async (_way, run) => {
    fake();
    const result = await run();
    expect(result).toMatchObject({ stdout: 'out\n', stderr: 'err\n', exitCode: 3 });
    Process.assertRanTimes('tool x', 1).assertRan(['tool', 'x']);
    Process.assertRan((_spec, recorded) => recorded.exitCode === 3);
  });
});

describe('a pool of fakes', () => {
  it('that is stopped has nothing left that runs', async () => {
    Process.fake(() => Process.describe().output('up').delay('1h'));
    const pool = Process.pool((entries) => {
      entries.command('a');
      entries.command('b');
    });
    const both = new Promise<number>((resolve) => {
      let up = 0;
      void pool.start(() => {
        if (++up === 2) resolve(pool.running().length);
      });
    });
    expect(await both).toBe(2);
    await pool.stop();
    expect(pool.running()).toHaveLength(0);
    Process.assertSignalled('a', 'SIGTERM').assertSignalled('b', 'SIGTERM');
  });
});
