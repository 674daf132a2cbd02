import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { task } from '../../src/functions/task.js';
import type { TypeScriptLoader } from '../../src/functions/task-reference.js';
import { makePool, REAL_KINDS } from '../support/pools.js';
import { SOURCE_WORKERS } from '../support/source-workers.js';

// Some loaders load a whole compiler.
jest.setTimeout(60_000);

const SOURCES = resolve(__dirname, '../../../core/tests/support/register-sources.cjs');
const PROGRAM = resolve(__dirname, '../fixtures/load-and-call.cjs');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
/** Node loads TypeScript itself since then. */
const STRIPS = major > 22 || (major === 22 && minor >= 18);

/** What the program prints that loads a task as a worker does. It was not started with a loader. */
async function call(file: string, name?: TypeScriptLoader['name']): Promise<string> {
  const reference = {
    kind: 'module',
    name: 'typed',
    url: pathToFileURL(file).href,
    exportName: 'typed',
    ...(name && { loader: { name, from: __filename } }),
  };
  const words = ['--require', SOURCES, PROGRAM, JSON.stringify(reference), '5'];
  // ts-node can not make sense of settings for a TypeScript as new as ours.
  const env = {
    ...process.env,
    TS_NODE_SKIP_PROJECT: 'true',
    TS_NODE_TRANSPILE_ONLY: 'true',
    TS_NODE_COMPILER_OPTIONS: '{"module":"NodeNext","moduleResolution":"NodeNext"}',
  };
  const { stdout } = await promisify(execFile)(process.execPath, words, { env });
  return stdout.trim();
}

const fixture = (name: string) => resolve(__dirname, '../fixtures', name);

describe('a worker loads TypeScript', () => {
  test.each([
    ['tsx', 'typed.mts'],
    ['tsx', 'typed-cjs.cts'],
    ['ts-node', 'typed-cjs.cts'],
    ['swc', 'typed-cjs.cts'],
  ] as const)('with the loader of its parent: %s, %s', async (loader, file) => {
    await expect(call(fixture(file), loader)).resolves.toBe('20');
  });

  test('by itself where Node strips types, and else says what there is to do', async () => {
    const printed = await call(fixture('typed.mts'));
    expect(printed).toMatch(
      STRIPS ? /^20$/ : /could not be loaded[\s\S]*start the program with tsx, ts-node/,
    );
  });
});

describe('a thread of a program that was started with tsx', () => {
  // Half of what tsx gives its program, and nothing in threads: with the other half the sources could not be loaded.
  const execArgv = [...SOURCE_WORKERS, '--require', 'tsx/preflight'];

  test('loads TypeScript that a task names', async () => {
    const pool = makePool('thread', { size: 1, execArgv });
    const typed = task<(price: number) => number>(pathToFileURL(fixture('typed.mts')), 'typed');
    await expect(pool.run(typed, 5)).resolves.toBe(20);
  });

  test('loads TypeScript that a function imports', async () => {
    const pool = makePool('thread', { size: 1, execArgv });
    const importing = async (file: string) => {
      const { typed } = (await import(file)) as { typed(price: number): number };
      return typed(6);
    };
    await expect(pool.run(importing, fixture('typed.mts'))).resolves.toBe(24);
  });
});

describe.each(REAL_KINDS)(
  'a worker of the kind %s, of a program that compiles only for itself',
  (kind) => {
    test.each(['typed.mts', 'typed-cjs.cts'])(
      'loads TypeScript by what is installed, or by itself: %s',
      async (file) => {
        const pool = makePool(kind, { size: 1 });
        const typed = task<(price: number) => number>(pathToFileURL(fixture(file)), 'typed');
        const result = pool.run(typed, 5);
        // It has an enum.
        if (file === 'typed-cjs.cts' && Reflect.get(process.features, 'typescript') === 'strip') {
          await expect(result).rejects.toThrow('Node itself only strips types: start the program');
        } else await expect(result).resolves.toBe(20);
      },
    );
  },
);

describe('TypeScript in an installed package', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'proc-workers-'));
    mkdirSync(join(folder, 'node_modules/some'), { recursive: true });
    writeFileSync(
      join(folder, 'node_modules/some/typed.mts'),
      'export const typed = (price: number) => price;\n',
    );
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('is refused with a way out', async () => {
    await expect(call(join(folder, 'node_modules/some/typed.mts'))).resolves.toContain(
      "Node does not load TypeScript from node_modules: name the package's compiled file.",
    );
  });
});
