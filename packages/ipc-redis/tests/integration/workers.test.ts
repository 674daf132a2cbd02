import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { codeOf } from '../support/code-of.js';
import { crewOf, emitted, work } from '../support/crew.js';
import { sayWhatIsMissing, servers } from '../support/redis-server.js';
import { sitesOn } from '../support/site.js';

// Workers and programs are started in the tests.
jest.setTimeout(60_000);

const KINDS = ['process', 'thread'] as const;
const cases = servers.flatMap(([server, start]) =>
  KINDS.map((kind) => [kind, server, start] as const),
);

describe.each(cases)('A worker of the kind %s, over %s,', (kind, _, start) => {
  const open = sitesOn(start);

  it('that is blocked for longer than the lease keeps its lock, and is reported', async () => {
    const site = await open();
    const { hub, ipc } = await site.hub();
    const directory = mkdtempSync(join(tmpdir(), 'pipe-'));
    const pipe = join(directory, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const { pool } = await crewOf(site, kind, 2000);
    const blocked = pool.submit(work('holdAndBlock'), 'l', pipe);
    await emitted(blocked);
    // Nothing but time can tell: another one's lease ends that nobody renews, from its beginning on.
    const other = site.program('actor-program.cjs', { name: 'other' });
    await other.ask("ipc.value('seen').get()");
    const session = hub.sessions.find(({ name }) => name === 'other');
    other.signal('SIGSTOP');
    await session!.closed;
    await ipc.value('seen').set('the right one');

    expect(await ipc.lock('l').tryAcquire()).toBeUndefined();
    expect(site.events.names).toContain('IpcSessionUnresponsive');
    await writeFile(pipe, 'go on');
    expect(await blocked.result).toBe('the right one');
    expect((await ipc.lock('l').acquire()).abandoned).toBe(false);
    rmSync(directory, { recursive: true });
  });

  it('that is killed loses its lock at once, and no other session with it', async () => {
    const site = await open();
    const { ipc } = await site.hub({ lease: '30s' });
    const { pool, broker } = await crewOf(site, kind, 30_000);
    const own = await broker.ipc('own').lock('own').acquire();
    const holder = pool.submit(work('hold'), 'l');
    const token = await emitted(holder);
    const next = ipc.lock('l').acquire();
    holder.cancel();
    await holder.result.catch(() => undefined);

    expect(await next).toMatchObject({ abandoned: true });
    expect((await next).token).toBeGreaterThan(Number(token));
    await own.release();
  });

  it('hears that the hub is gone', async () => {
    const site = await open();
    const { listener } = await site.hub({ lease: '30s' });
    const { pool, broker } = await crewOf(site, kind, 30_000);
    const waiting = pool.submit(work('wait'));
    await emitted(waiting);
    await listener.close();

    expect(await codeOf(waiting.result)).toBe('ERR_PROC_IPC_BROKER_GONE');
    await broker.closed;
  });

  it('hears what can not be sent, and goes on', async () => {
    const site = await open();
    const { ipc } = await site.hub({ lease: '30s' });
    const { pool } = await crewOf(site, kind, 30_000);
    const invalid = 'ERR_PROC_INVALID_ARGUMENT';
    expect(await codeOf(pool.run(work('sendFunction')))).toBe(invalid);
    expect(await codeOf(pool.run(work('sendMemory')))).toBe(invalid);
    await ipc.queue('q').put('still here');
    expect(await pool.run(work('wait'))).toBe('still here');
  });
});

sayWhatIsMissing();
