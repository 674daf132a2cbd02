import assert from 'node:assert/strict';
import { closeSync, openSync, readlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { group } from '../conformance-case.js';
import type { ConformanceContext } from '../conformance-context.js';
import { readAll } from '../output-reader.js';
import {
  activeResources,
  listenersOfThisProcess,
  openDescriptors,
  zombies,
} from '../resources-of-this-process.js';
import type { ConformanceProgram } from '../programs.js';
import { waitUntil } from '../wait-for.js';

export const remainsCases = group('what is left', [
  {
    name: 'leaves no listeners on this process and nothing that keeps it alive',
    excludes: ['remote'],
    async run(context) {
      await assertNothingLeft(context, { program: 'print', args: ['x', 'y'], runs: 5 });
    },
  },
  {
    name: 'leaves no descriptor, zombie or listener behind 1,000 runs',
    patience: 20,
    excludes: ['remote'],
    posix: true,
    async run(context) {
      const descriptors = openDescriptors();
      // A driver that leaves something at each start is found out by the first of them.
      for (const runs of [100, 900]) {
        await assertNothingLeft(context, { program: 'exit', args: [], runs });
        await waitUntil(
          'That all descriptors are closed',
          () => openDescriptors() <= descriptors + SOME,
        );
        await waitUntil('That nobody is a zombie', () => zombies() === 0);
      }
    },
  },
  {
    name: 'lets a program inherit no descriptor of this process',
    excludes: ['remote'],
    procfs: true,
    async run(context) {
      const fd = openSync(join(await context.directory(), 'open here'), 'w');
      const server = await listening();
      try {
        const own = [fd, descriptorOf(server)].map((each) => readlinkSync(`/proc/self/fd/${each}`));
        const seen = (await context.run('descriptors')).json<string[]>();
        const leaked = seen.filter((target) => own.includes(target));
        assert.deepEqual(leaked, [], 'descriptors were inherited');
      } finally {
        closeSync(fd);
        server.close();
      }
    },
  },
]);

/** Descriptors that others in this process may open meanwhile: test runners load files, and log. */
const SOME = 20;

/** Processes at the same time. */
const AT_ONCE = 10;

interface Repeated {
  readonly program: ConformanceProgram;
  readonly args: readonly string[];
  readonly runs: number;
}

async function assertNothingLeft(
  context: ConformanceContext,
  { program, args, runs }: Repeated,
): Promise<void> {
  const runDirectly = async (): Promise<void> => {
    const { stdin, stdout, stderr, exited } = await context.launch(program, args);
    await Promise.all([readAll(stdout), readAll(stderr), exited]);
    stdin?.destroy();
  };
  await runDirectly();
  const listeners = listenersOfThisProcess();
  const resources = activeResources();
  for (let left = runs; left > 0; left -= AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, runDirectly));
  }
  await waitUntil('That all resources are free again', () => activeResources() <= resources);
  assert.equal(listenersOfThisProcess(), listeners, 'listeners were left');
}

function listening(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve(server));
  });
}

function descriptorOf(server: Server): number {
  const { fd } = (server as unknown as { readonly _handle: { readonly fd: number } })._handle;
  return fd;
}
