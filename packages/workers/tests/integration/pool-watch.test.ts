import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { processMemory } from '../../src/pool/process-memory.js';
import { makePool, REAL_KINDS } from '../support/pools.js';
import { RecordingEvents } from '../support/recording-events.js';
import { work } from '../support/work.js';

const directory = mkdtempSync(path.join(tmpdir(), 'proc-workers-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe.each(REAL_KINDS)('A pool of the kind %s', (kind) => {
  it('reports a worker that does not answer, ends nobody, and reports when it answers', async () => {
    const events = new RecordingEvents();
    const pool = makePool(kind, { size: 1, heartbeat: 20 }, events);
    const file = path.join(directory, kind);
    const silent = events.next('WorkerUnresponsive');
    const again = events.next('WorkerResponsive');
    const handle = pool.submit(work('spinUntilFile'), file);
    expect(await silent).toMatchObject({ worker: { id: 1 }, tasks: [handle.id] });
    writeFileSync(file, '');
    expect(await handle.result).toBe('spun');
    expect(await again).toMatchObject({ worker: { id: 1 } });
    expect(events.names.filter((name) => name === 'WorkerUnresponsive')).toHaveLength(1);
    expect(pool.stats()).toMatchObject({ started: 1, crashed: 0 });
  });

  it('gives its workers their tasks in turn, where it is to', async () => {
    const pool = makePool(kind, { size: 3, strategy: 'round-robin' });
    await pool.run(work('noop'));
    await pool.broadcast(work('noop'), []);
    const places: (number | undefined)[] = [];
    for (let round = 0; round < 7; round += 1) {
      const handle = pool.submit(work('noop'));
      await handle.result;
      places.push(handle.workerId);
    }
    const turn = [places[0], places[1], places[2]];
    expect([...turn].sort()).toEqual([1, 2, 3]);
    expect(places).toEqual([...turn, ...turn, turn[0]]);
  });
});

it('A process tells what has crossed, also of workers that are gone', async () => {
  const pool = makePool('process', { size: 1 });
  await pool.run(work('echo'), 'x'.repeat(100_000));
  await pool.close();
  const { sent = 0, received = 0 } = pool.stats().bytes ?? {};
  expect(sent).toBeGreaterThan(100_000);
  expect(sent).toBeLessThan(250_000);
  expect(received).toBeGreaterThan(100_000);
  const threads = makePool('thread', { size: 1 });
  await threads.run(work('noop'));
  expect(threads.stats().bytes).toBeUndefined();
});

const windowsApart = process.platform === 'win32' ? it.skip : it;

windowsApart.each(['linux', 'darwin'] as const)(
  'The memory of a process is known, as on %s, also when another one is gone',
  async (platform) => {
    // Only one system has the files of the other.
    if (platform === 'linux' && process.platform !== 'linux') return;
    const known = await processMemory([process.pid, 2 ** 22 + 1], platform);
    expect([...known.keys()]).toEqual([process.pid]);
    const memory = process.memoryUsage().rss;
    expect(known.get(process.pid)).toBeGreaterThan(memory / 2);
    expect(known.get(process.pid)).toBeLessThan(memory * 2);
  },
);
