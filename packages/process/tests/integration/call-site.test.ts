import { expect, it } from '@jest/globals';
import { Process } from '@proc/process';

/** The first frame of a stack that a reader sees. */
function firstFrame(error: unknown): string | undefined {
  return (error as Error).stack?.split('\n').find((line) => line.startsWith('    at '));
}

async function failure(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => undefined,
    (error: unknown) => error,
  );
}

const HERE = /call-site\.test\.ts:\d+/;

it('points from an error to the line that called the facade', async () => {
  expect(firstFrame(await failure(Process.run('no-such-program')))).toMatch(HERE);
  expect(firstFrame(await failure(Process.path('/no/such/place').run('true')))).toMatch(HERE);
});

it('points from the error of a pool entry to the line that started the pool', async () => {
  const results = await Process.pool(
    (pool) => {
      pool.command('true');
      pool.command('no-such-program');
      pool.command('no-such-program');
    },
    { concurrency: 1 },
  ).start();
  for (const failed of results.failures.values()) {
    expect(firstFrame(failed.error)).toMatch(HERE);
  }
  expect(results.failureCount).toBe(2);
});

it.each(['sequential', 'streaming'] as const)(
  'points from the error of a stage to the line that ran the %s pipeline',
  async (mode) => {
    const run = Process.pipe(['echo x', 'cat', 'no-such-program'], { mode }).run();
    expect(firstFrame(await failure(run))).toMatch(HERE);
  },
);
