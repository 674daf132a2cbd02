import { describe, expect, it } from '@jest/globals';
import type { Libc } from '../../../src/native/libc.js';
import { SpawnCall } from '../../../src/spawn/spawn-call.js';

type SpawnSymbols = Libc['symbols']['spawn'];

/** Counts the file actions that have not been freed; `spawn` is what the test says. */
function libraryWith(spawn: Partial<SpawnSymbols>) {
  const held = { actions: 0 };
  const done = (): number => 0;
  const actions = {
    init: () => held.actions++ && 0,
    destroy: () => held.actions-- && 0,
    duplicate: done,
    open: done,
    changeDirectory: done,
    close: done,
    closeFrom: done,
  };
  const library = {
    symbols: { spawn, actions } as unknown as Libc['symbols'],
    inheritable: [],
    pointers: { size: 8, addressOf: () => 0x1000n },
  };
  return { library, held };
}

/** A call in a thread that comes to this. */
function ending(error: Error | null, errno: number): SpawnSymbols['inThread'] {
  return (...args) => {
    args[6](error, errno);
  };
}

const request = {
  path: '/bin/true',
  args: ['true'],
  env: {},
  cwd: '/',
  leads: true,
};

const stdio = ['null', 'null', 'null'] as const;

describe('a call of posix_spawn', () => {
  const broken = (): never => {
    throw new TypeError('the call can not be made');
  };

  it.each<[string, Partial<SpawnSymbols>, string]>([
    ['has been made', { here: () => 0, inThread: ending(null, 0) }, ''],
    ['has failed', { here: () => 2, inThread: ending(null, 2) }, 'ENOENT'],
    ['could not be made', { here: broken, inThread: broken }, 'can not be made'],
    ['was refused', { inThread: ending(new Error('busy'), 0) }, 'busy'],
  ])('holds no memory of the C library when it %s', async (_, spawn, message) => {
    for (const way of ['here', 'inThread'] as const) {
      if (spawn[way] === undefined) continue;
      const { library, held } = libraryWith(spawn);
      const call = new SpawnCall(library, request, stdio, Buffer.alloc(0));
      expect(held.actions).toBe(1);
      const made = Promise.resolve().then(() => call[way]());
      if (message === '') await made;
      else await expect(made).rejects.toThrow(message);
      expect(held.actions).toBe(0);
    }
  });

  it.each([{ cwd: '/usr\0x' }, { path: '/bin/true\0x' }, { args: ['ü\0'] }, { env: { A: 'ü\0' } }])(
    'is not made with a NUL byte: %j',
    (part) => {
      const { library, held } = libraryWith({});
      const make = () => new SpawnCall(library, { ...request, ...part }, stdio, Buffer.alloc(0));
      expect(make).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
      expect(held.actions).toBe(0);
    },
  );
});
