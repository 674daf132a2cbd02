import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it, jest } from '@jest/globals';
import { connectIpc, inProcessPorts, IpcHub, messagePort, processPort } from '@proc/ipc';

jest.setTimeout(300_000);

interface Holder {
  readonly id: string;
  readonly token: number;
  readonly abandoned: boolean;
}

const PROGRAM = join(__dirname, '../support/holder-program.cjs');
const SOURCES = join(__dirname, '../../../core/tests/support/register-sources.cjs');
const execArgv = ['--require', SOURCES];

/** `PROC_FUZZ_FACTOR=10` makes them 500 of each kind: to start one takes 0.2 s. */
const COUNT = Math.ceil(50 * Number(process.env['PROC_FUZZ_FACTOR'] ?? 1));

type Start = (hub: IpcHub, id: string) => () => Promise<unknown>;

const startProcess: Start = (hub, id) => {
  const child = fork(PROGRAM, ['process', id], { execArgv, serialization: 'advanced' });
  hub.connect(processPort(child), { name: id });
  const exit = once(child, 'exit');
  return () => {
    child.kill('SIGKILL');
    return exit;
  };
};

const startThread: Start = (hub, id) => {
  const worker = new Worker(PROGRAM, { argv: ['thread', id], execArgv });
  hub.connect(messagePort(worker), { name: id });
  return () => worker.terminate();
};

it.each([
  ['processes', startProcess],
  ['threads', startThread],
] as const)(
  'The lock of %s goes from holder to holder, however many are killed',
  async (_, start) => {
    const hub = new IpcHub();
    const [mine, its] = inProcessPorts();
    hub.connect(its, { name: 'test' });
    const ipc = connectIpc(mine);
    const holders = ipc.queue<Holder>('holders');
    const kills = new Map<string, () => Promise<unknown>>();
    const ends: Promise<unknown>[] = [];
    let started = 0;
    const startNext = (): void => {
      if (started === COUNT) return;
      const id = `holder ${++started}`;
      kills.set(id, start(hub, id));
    };
    // Some wait while one holds it.
    for (let ahead = 0; ahead < 4; ahead++) startNext();
    let last = 0;
    for (let killed = 0; killed < COUNT; killed++) {
      const { id, token, abandoned } = await holders.get();
      expect(abandoned).toBe(killed > 0);
      expect(token).toBeGreaterThan(last);
      last = token;
      const kill = kills.get(id);
      kills.delete(id);
      ends.push(kill?.() ?? Promise.reject(new Error(`${id} has held it twice`)));
      startNext();
    }
    const held = await ipc.lock('one').acquire();
    expect(held.abandoned).toBe(true);
    expect(held.token).toBeGreaterThan(last);
    await held.release();
    await Promise.all(ends);
    expect(hub.sessions.map(({ name }) => name)).toEqual(['test']);
    expect(hub.stats().primitives.filter(({ kind }) => kind === 'lock')).toEqual([]);
    await hub.close();
  },
);
