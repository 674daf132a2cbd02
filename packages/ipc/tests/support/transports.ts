import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  connectIpc,
  inProcessPorts,
  IpcHub,
  listenIpc,
  messagePort,
  processPort,
  type Ipc,
  type IpcHubOptions,
} from '../../src/index.js';

/** Somebody at the other end of a connection. */
export interface Peer {
  readonly name: string;
  /** Runs a function there. It is sent as text where it is another process, so it may use nothing from around it. */
  run<Args extends readonly unknown[], T>(
    what: (ipc: Ipc, ...args: Args) => T | Promise<T>,
    ...args: Args
  ): Promise<T>;
  /** Ends it without a chance to say good-bye. Resolves when the hub has heard of it. */
  kill(): Promise<void>;
}

/** A hub with peers. */
export interface Bench {
  readonly hub: IpcHub;
  /** Connected within this process. */
  readonly ipc: Ipc;
  peer(): Promise<Peer>;
  /** Ends the hub and all peers. */
  close(): Promise<void>;
}

/** A way to be connected. */
export interface Transport {
  readonly name: string;
  open(options?: IpcHubOptions): Promise<Bench>;
}

type Starter = (hub: IpcHub, id: string) => Promise<{ readonly kill: () => Promise<void> }>;

const PROGRAM = join(__dirname, 'peer-program.cjs');
const SOURCES = join(__dirname, '../../../core/tests/support/register-sources.cjs');
const execArgv = ['--require', SOURCES];

export const inProcess: Transport = {
  name: 'within the process',
  open: async (options) => {
    const hub = new IpcHub(options);
    let count = 0;
    const connect = (name: string): { ipc: Ipc; cut: () => void } => {
      const [mine, its] = inProcessPorts();
      hub.connect(its, { name });
      return { ipc: connectIpc(mine, { name }), cut: () => its.close() };
    };
    return {
      hub,
      ipc: connect('test').ipc,
      peer: async () => {
        const name = `peer ${++count}`;
        const { ipc, cut } = connect(name);
        return {
          name,
          run: async (what, ...args) => what(ipc, ...structuredClone(args)),
          kill: async () => {
            cut();
          },
        };
      },
      close: () => hub.close(),
    };
  },
};

export const processes = remote('child processes', async (hub, id) => {
  const child = fork(PROGRAM, ['process', id], { execArgv, serialization: 'advanced' });
  hub.connect(processPort(child), { name: id });
  return { kill: () => killed(child) };
});

/** As `fork` makes them where nothing else is said. */
export const jsonProcesses = remote('child processes that speak JSON', async (hub, id) => {
  const child = fork(PROGRAM, ['process', id], { execArgv });
  hub.connect(processPort(child), { name: id });
  return { kill: () => killed(child) };
});

export const threads = remote('threads', async (hub, id) => {
  const worker = new Worker(PROGRAM, { argv: ['thread', id], execArgv });
  hub.connect(messagePort(worker), { name: id });
  return {
    kill: async () => {
      await worker.terminate();
    },
  };
});

/** Unrelated processes. */
export const sockets: Transport = {
  name: 'a socket',
  open: async (options) => {
    const hub = new IpcHub(options);
    const listener = await listenIpc(hub);
    const env = { ...process.env, ...listener.environment };
    const bench = await benchOf(hub, async (_hub, id) => {
      const child = spawn(process.execPath, [...execArgv, PROGRAM, 'socket', id], {
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      return { kill: () => killed(child) };
    });
    return {
      ...bench,
      close: async () => {
        await bench.close();
        await listener.close();
      },
    };
  },
};

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

function remote(name: string, start: Starter): Transport {
  return { name, open: (options) => benchOf(new IpcHub(options), start) };
}

async function benchOf(hub: IpcHub, start: Starter): Promise<Bench> {
  const [mine, its] = inProcessPorts();
  hub.connect(its, { name: 'test' });
  const ipc = connectIpc(mine);
  const kills: (() => Promise<void>)[] = [];
  let count = 0;
  return {
    hub,
    ipc,
    peer: async () => {
      const name = `peer-${++count}`;
      const { kill } = await start(hub, name);
      kills.push(kill);
      await ipc.event(`ready:${name}`).wait();
      return {
        name,
        run: async (what, ...args) => ipc.call(`peer:${name}`, [String(what), args]),
        kill: async () => {
          const session = hub.sessions.find((one) => one.name === name);
          await kill();
          // Its end may be heard of before that of its connection is.
          await session?.closed;
        },
      };
    },
    close: async () => {
      await Promise.all(kills.map((kill) => kill()));
      await hub.close();
    },
  };
}
