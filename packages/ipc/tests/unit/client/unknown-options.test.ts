import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import { connectIpc, connectIpcSocket, inProcessPorts, IpcHub, type Ipc } from '@proc/ipc';

type Try = (ipc: Ipc, options: never) => unknown;

const WAITS: readonly (readonly [name: string, attempt: Try])[] = [
  ['queue.get', (ipc, options) => ipc.queue('a').get(options)],
  ['lock.acquire', (ipc, options) => ipc.lock('a').acquire(options)],
  ['lock.acquire', (ipc, options) => ipc.lock('a').withLock(() => 1, options)],
  ['semaphore.acquire', (ipc, options) => ipc.semaphore('a').acquire(options)],
  ['rwlock.read', (ipc, options) => ipc.rwlock('a').read(options)],
  ['barrier.wait', (ipc, options) => ipc.barrier('a', 2).wait(options)],
  ['event.wait', (ipc, options) => ipc.event('a').wait(options)],
  ['rpc.call', (ipc, options) => ipc.call('a', [], options)],
  ['event.wait', async (ipc, options) => (await ipc.shared.event('a')).wait(options)],
];

const MAKES: readonly (readonly [name: string, attempt: Try])[] = [
  ['a queue', (ipc, options) => ipc.queue('a', options)],
  ['a value', (ipc, options) => ipc.value('a', options)],
  ['a lock', (ipc, options) => ipc.lock('a', options)],
  ['a channel', (ipc, options) => ipc.channel('a', options)],
  ['subscribe()', (ipc, options) => ipc.channel('a').subscribe(options)],
  ['serve()', (ipc, options) => ipc.serve('a', () => 1, options)],
  ['a ring', (ipc, options) => ipc.shared.ring('a', options)],
  ['a value', (ipc, options) => ipc.shared.value('a', options)],
  ['connectIpcSocket()', (_, options) => connectIpcSocket(options)],
  ['connectIpc()', (_, options) => connectIpc(inProcessPorts()[0], options)],
  ['a hub', (_, options) => new IpcHub(options)],
  ['connect()', (_, options) => new IpcHub().connect(inProcessPorts()[0], options)],
];

describe('Options that there are not', () => {
  let hub: IpcHub;
  let ipc: Ipc;
  beforeEach(() => {
    hub = new IpcHub();
    const [mine, its] = inProcessPorts();
    hub.connect(its);
    ipc = connectIpc(mine);
  });
  afterEach(() => hub.close());

  const outcome = async (attempt: Try, options: unknown): Promise<unknown> => {
    try {
      return await attempt(ipc, options as never);
    } catch (error) {
      if (!InvalidArgumentError.is(error)) throw error;
      return error.message;
    }
  };

  it.each(WAITS)('are refused by %s, which would wait forever', async (name, attempt) => {
    expect(await outcome(attempt, { timout: 5 })).toMatch(
      new RegExp(`^Unknown option of .*${name}.*: 'timout'\\. There are: timeout, signal\\.$`),
    );
  });

  it('are refused where a time is given by itself', async () => {
    expect(await outcome((it, options) => it.lock('a').acquire(options), '5s')).toBe(
      "Options of lock.acquire are given as an object, not '5s'.",
    );
  });

  it.each(MAKES)('are refused for %s', async (name, attempt) => {
    expect(await outcome(attempt, { maxsize: 5 })).toContain(
      `Unknown option of ${name}: 'maxsize'.`,
    );
  });
});

describe('A port', () => {
  it.each([undefined, null, new EventEmitter()])('is not %s', async (port) => {
    const problem = 'A session needs a port, such as processPort(child)';
    expect(() => connectIpc(port as never)).toThrow(problem);
    await using hub = new IpcHub();
    expect(() => hub.connect(port as never)).toThrow(problem);
  });
});
