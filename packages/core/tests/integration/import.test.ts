import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const root = join(__dirname, '../..');

it('importing core changes nothing of this process, starts nothing, and lets it end', async () => {
  const code = `
    const { readdirSync } = require('node:fs');
    // What it builds on: not ours to answer for.
    require('reflect-metadata');
    require('inversify');
    const state = () => JSON.stringify({
      listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
      resources: process.getActiveResourcesInfo(),
      globals: Object.getOwnPropertyNames(globalThis).sort(),
      prototypes: [Object, Array, Function, Promise, Error, String].map(({ prototype }) =>
        Reflect.ownKeys(prototype).map(String)),
      environment: process.env,
      directory: process.cwd(),
      mask: process.umask(),
      stackTraceLimit: Error.stackTraceLimit,
      descriptors: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
    });
    const before = state();
    const core = require('./src/index.ts');
    const after = state();
    console.log(before === after ? 'same' : before + '\\n' + after, typeof core.ProcessManager);
  `;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--require', join(root, 'tests/support/register-sources.cjs'), '-e', code],
    { cwd: root },
  );
  expect([stdout, stderr]).toEqual(['same symbol\n', '']);
});
