import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createProcess, UnsupportedCapabilityError } from '@proc/process';
import { checkConformance, conformanceCases } from '@proc/testing/conformance';
import { EnvDriver } from '../src/env-driver.js';

let processes;
before(async () => {
  processes = await createProcess({ default: 'env' });
  processes.extend('env', () => new EnvDriver());
});
after(() => processes.shutdown());

test('a program gets the variables of the run, and no others', async () => {
  const pending = processes.command(['env']).onlyEnv(['PATH']).env({ EMPTY: '', LINES: 'a b' });
  const result = await pending.runOrFail();
  assert.deepEqual(result.lines().sort(), ['EMPTY=', 'LINES=a b', `PATH=${process.env.PATH}`]);
});

test('a missing program is an error that names it, and not the prefix', async () => {
  await assert.rejects(processes.run(['no-such-program', '-x']), {
    name: 'CommandNotFoundError',
    message: /no-such-program -x/,
  });
});

test('what the driver can not do is refused before anything starts', async () => {
  await assert.rejects(processes.node('worker.js').start(), (error) =>
    UnsupportedCapabilityError.is(error),
  );
});

test('the report says what was left out, and why', async () => {
  const cases = conformanceCases.filter(({ group }) => group === 'messages');
  const report = await checkConformance({ driver: () => new EnvDriver(), cases });
  assert.equal(report.skipped.length, cases.length);
  assert.match(String(report), /left out .* \(the driver declares no ipc\)/);
});
