import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { UncloneableValueError } from '../../src/errors/uncloneable-value-error.js';
import { task } from '../../src/functions/task.js';
import { failure, KINDS, makePool, REAL_KINDS, until } from '../support/pools.js';
import { work } from '../support/work.js';

const directory = mkdtempSync(path.join(tmpdir(), 'proc-workers-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe.each(KINDS)('What a task of a pool of the kind %s is sent', (kind) => {
  it('reaches it, also before it has begun', async () => {
    const pool = makePool(kind, { size: 1 });
    const running = pool.submit(work('sleep'), 20);
    const handle = pool.submit(work('hear'));
    expect(handle.status).toBe('queued');
    handle.send({ early: true });
    expect(await handle.result).toEqual({ early: true });
    await running.result;
    expect(() => handle.send('late')).not.toThrow();
  });

  it('is refused when it can not be copied, also before it has begun', async () => {
    const pool = makePool(kind, { size: 1 });
    const handle = pool.submit(work('hear'));
    expect(() => handle.send({ inner: () => 1 })).toThrow(UncloneableValueError);
    handle.send('fine');
    expect(await handle.result).toBe('fine');
  });

  it('is not heard again by a further attempt', async () => {
    const pool = makePool(kind, { size: 1 });
    const handle = pool.with({ retry: 1 }).submit(work('hearThenFail'));
    handle.onEmit((attempt) => {
      handle.send(`for attempt ${attempt as number}`);
    });
    expect(await handle.result).toBe('for attempt 2');
  });
});

describe.each(REAL_KINDS)('What a task of a pool of the kind %s is sent', (kind) => {
  it('is not kept any longer once it has begun, also where many tasks are sent ahead', async () => {
    const pool = makePool(kind, { size: 1 });
    await Promise.all(Array.from({ length: 2000 }, () => pool.run(work('noop'))));
    const handle = pool.submit(work('hearUntilEnd'));
    const begun = new Promise((resolve) => handle.onEmit(resolve));
    handle.send('early');
    await begun;
    for (const value of ['one', 'two', 'end']) handle.send(value);
    expect(Reflect.get(handle, 'mail')).toBeUndefined();
    expect(await handle.result).toEqual(['early', 'one', 'two', 'end']);
  });

  it('reaches it while its module is being loaded', async () => {
    const gate = path.join(directory, kind);
    const pool = makePool(kind, { size: 1, env: { TEST_GATE: gate } });
    await pool.run(work('noop'));
    const module = path.join(__dirname, '../fixtures/pool/gated.mjs');
    const handle = pool.submit(task<(...args: readonly unknown[]) => unknown>(module, 'hear'));
    await until(() => handle.status === 'sent');
    handle.send('while it loads');
    writeFileSync(gate, '');
    expect(await handle.result).toBe('while it loads');
  });

  it('reaches it elsewhere when its worker is gone before it began', async () => {
    const pool = makePool(kind, { size: 1 });
    // So short that many are sent ahead.
    for (let round = 0; round < 8; round += 1) await pool.run(work('noop'));
    const dying = failure(pool.run(work('exit'), 3));
    const handle = pool.submit(work('hear'));
    await until(() => handle.status === 'sent');
    handle.send('to whoever has it');
    await dying;
    expect(await handle.result).toBe('to whoever has it');
    expect(pool.stats().requeued).toBe(1);
  });
});
