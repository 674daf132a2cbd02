import { connectIpc, inProcessPorts, IpcHub } from '@proc/ipc';
import { listenIpcRedis } from '@proc/ipc-redis';
import { endLease } from './end-lease.js';
import type { Transport } from './ipc-contract.js';
import { killed, startProgram } from './programs.js';
import type { RedisServer } from './redis-server.js';

/** Peers in processes of their own, connected to a hub in this one over a server. */
export function overRedis(name: string, start: () => Promise<RedisServer>): Transport {
  return {
    name,
    open: async (options) => {
      const server = await start();
      const { path } = server;
      const hub = new IpcHub(options);
      const access = { redis: { path }, token: 'known', lease: '30s' } as const;
      const listener = await listenIpcRedis(hub, access);
      const [mine, its] = inProcessPorts();
      hub.connect(its, { name: 'test' });
      const ipc = connectIpc(mine);
      const kills: (() => Promise<void>)[] = [];
      return {
        hub,
        ipc,
        peer: async () => {
          const id = `peer-${kills.length + 1}`;
          const child = startProgram('peer-program.cjs', [id, JSON.stringify(access)]);
          kills.push(() => killed(child));
          await ipc.event(`ready:${id}`).wait();
          return {
            name: id,
            run: async (what, ...args) => ipc.call(`peer:${id}`, [String(what), args]),
            kill: async () => {
              const session = hub.sessions.find((one) => one.name === id);
              await killed(child);
              await endLease(path, id);
              await session?.closed;
            },
          };
        },
        close: async () => {
          await Promise.all(kills.map((kill) => kill()));
          await listener.close();
          await hub.close();
          await server.close();
        },
      };
    },
  };
}
