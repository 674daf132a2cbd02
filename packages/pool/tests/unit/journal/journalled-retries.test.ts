import { expect, test } from '@jest/globals';
import type { PoolOptions } from '@proc/pool';
import { entries, HandMadeEntry } from '../../support/hand-made-entry.js';
import { JournalPlace } from '../../support/journal-place.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();
const place = new JournalPlace();

/** Fails in a pool that is stopped then; tells whether a run that resumes runs it again. */
async function runsAgain(retry: NonNullable<PoolOptions['retry']>, failures = 1): Promise<boolean> {
  const journal = place.next();
  const [failing, other] = entries(2);
  const pool = processes.pool([failing!, other!], { journal, retry, concurrency: 1 });
  const started = pool.start();
  for (let failure = 0; failure < failures; failure++) {
    failing!.run.end({ exitCode: 1 });
    await settled();
  }
  await pool.stop();
  await started;
  const again = entries(2);
  const resumed = processes.pool(again, { journal, resume: 'missing' }).start();
  await settled();
  const { launched } = again[0]!;
  for (const entry of again.filter((entry: HandMadeEntry) => entry.launched)) entry.run.end();
  await resumed;
  return launched;
}

test.each<[string, NonNullable<PoolOptions['retry']>]>([
  ['in the pause before', { times: 1, delay: '1h' }],
  ['while it is asked about', { times: 1, when: () => new Promise<boolean>(() => undefined) }],
  ['that was under way, was', 1],
])('a stop %s another attempt leaves the entry to the run that resumes', async (_, retry) => {
  expect(await runsAgain(retry)).toBe(true);
});

test('a stop while an entry waits for its turn to be tried again leaves it to the run that resumes', async () => {
  const journal = place.next();
  const [failing, heavy] = entries(2);
  const jobs = (first: HandMadeEntry, second: HandMadeEntry) => [
    { entry: first, key: 'failing' },
    { entry: second, key: 'heavy', priority: 1 },
  ];
  const pool = processes.pool(jobs(failing!, heavy!), { journal, retry: 1, concurrency: 2 });
  const started = pool.start();
  await settled();
  pool.pause();
  failing!.run.end({ exitCode: 1 });
  await settled();
  expect(pool.progress()).toMatchObject({ queued: 1, failed: 0 });
  await pool.stop();
  expect((await started).failedKeys).toContain('failing');
  const again = entries(2);
  const resumed = processes.pool(jobs(again[0]!, again[1]!), { journal, resume: 'missing' });
  const results = resumed.start();
  await settled();
  for (const entry of again) entry.run.end();
  expect((await results).resumed).toEqual([]);
});

test('an entry that has failed for the last time is done, whatever stops the pool then', async () => {
  expect(await runsAgain({ times: 1 }, 2)).toBe(false);
  expect(await runsAgain({ times: 1, when: () => false })).toBe(false);
});
