import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runInThisContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { InputSourceError } from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { sh } from '../support/programs.js';

/** Of the realm that drivers run in; Jest gives tests another one. */
const prototypes = [Object.prototype, runInThisContext('Object.prototype') as object];

onEveryDriver('a polluted Object.prototype', ({ manager }) => {
  it.each([
    ['shell', true],
    ['timeout', 1],
    ['node', true],
  ])('changes nothing by %s', async (name, value) => {
    const processes = manager();
    await processes.run('true');
    let stdout: string;
    try {
      for (const target of prototypes) {
        Object.defineProperty(target, name, {
          value,
          configurable: true,
          enumerable: true,
          writable: true,
        });
      }
      ({ stdout } = await processes.run(sh('sleep 0.2; echo "$1"', '$HOME; id')));
    } finally {
      for (const target of prototypes) Reflect.deleteProperty(target, name);
    }
    expect(stdout).toBe('$HOME; id\n');
  });
});

onEveryDriver('an input stream that fails at once', ({ manager }) => {
  it('fails the run, and not this process', async () => {
    const input = new ReadableStream({
      pull: (controller) => {
        controller.error(new Error('no network'));
      },
    });
    const error = await manager()
      .run('cat', { input })
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(InputSourceError.is(error)).toBe(true);
  });
});

onEveryDriver('a start without a descriptor left', ({ manager }) => {
  it('fails with a typed error, and does not end this process', async () => {
    const driver = JSON.stringify((await manager().start('true')).driver);
    const code = `
      const { Application, ProcessManager, ProcessServiceProvider } = require('./src/index.ts');
      const app = new Application({
        providers: [ProcessServiceProvider], config: { process: { default: ${driver} } },
      });
      const manager = app.get(ProcessManager);
      manager.run('true').then(async () => {
        const runs = Array.from({ length: 100 }, () => manager.run(['sleep', '0.5']));
        const ends = await Promise.allSettled(runs);
        const codes = ends.map((end) => (end.status === 'fulfilled' ? 'ok' : end.reason.code));
        console.log([...new Set(codes)].sort().join(' '));
      });
    `;
    const root = join(__dirname, '../..');
    const { stdout } = await promisify(execFile)(
      '/bin/sh',
      [
        '-c',
        'ulimit -n 160; exec "$@"',
        'sh',
        process.execPath,
        '--require',
        join(root, 'tests/support/register-sources.cjs'),
        '-e',
        code,
      ],
      { cwd: root },
    );
    expect(stdout).toBe('ERR_PROC_RESOURCE_EXHAUSTED ok\n');
  });
});
