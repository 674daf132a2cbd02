import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createProcess, PosixDriver } from '@proc/process';

const root = fileURLToPath(new URL('..', import.meta.url));

async function start(environment, ...args) {
  const processes = await createProcess();
  try {
    const pending = processes.command(['node', 'src/main.js', ...args]).path(root);
    return await pending.env({ PROC_DRIVER: false, ...environment }).run();
  } finally {
    await processes.shutdown();
  }
}

const report = {
  kernel: (await import('node:os')).type(),
  letters: ['3 a', '1 b', '2 n'],
  pool: ['first', 'second'],
  failure: { exitCode: 3, says: 'oops' },
};

// Where there is no native part for the processor, as on Linux with musl, the default is execa.
const byDefault = PosixDriver.isSupported() ? 'posix' : 'execa';

test('without a choice the default driver is used', async () => {
  const result = await start({});
  assert.deepEqual(result.throw().json(), { drivers: [byDefault], report });
});

for (const driver of new Set(['execa', 'node', byDefault])) {
  test(`PROC_DRIVER=${driver}`, async () => {
    const result = await start({ PROC_DRIVER: driver });
    assert.deepEqual(result.throw().json(), { drivers: [driver], report });
  });

  test(`the configuration chooses ${driver}, whatever PROC_DRIVER says`, async () => {
    const result = await start({ PROC_DRIVER: 'fake' }, `config/${driver}.json`);
    assert.deepEqual(result.throw().json(), { drivers: [driver], report });
  });
}

test('PROC_DRIVER=fake runs nothing', async () => {
  const result = await start({ PROC_DRIVER: 'fake' });
  assert.deepEqual(result.throw().json(), {
    drivers: ['fake'],
    report: { kernel: '', letters: [], pool: ['', ''], failure: { exitCode: 0, says: '' } },
  });
});

test('an unknown driver is an error that names its origin and the drivers there are', async () => {
  const result = await start({ PROC_DRIVER: 'nodee' });
  assert.equal(result.exitCode, 1);
  assert.match(result.errorOutput(), /nodee[\s\S]*PROC_DRIVER/);
  assert.match(result.errorOutput(), /execa, node, posix, fake/);
});
