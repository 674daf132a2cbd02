import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ProcessManager, ProcessFailedError } from '@proc/core';
import { fakeProcesses } from '@proc/testing';
import { TextStatistics } from '../src/text-statistics.js';
import { createApplication } from '../src/with-application.js';
import { createContainer } from '../src/with-container.js';

const directory = mkdtempSync(join(tmpdir(), 'inversify-app-'));
after(() => rmSync(directory, { recursive: true }));
const text = join(directory, 'text.txt');
writeFileSync(text, 'one two\nthree\n');

test('a plain container injects the process manager', async () => {
  const container = createContainer();

  assert.deepEqual(await container.get(TextStatistics).of(text), { lines: 2, words: 3 });
  assert.equal(container.get(ProcessManager), container.get(ProcessManager));

  await container.unbindAll();
});

test('unbinding the services of a plain container stops their processes', async () => {
  const container = createContainer();
  const running = await container.get(ProcessManager).start('tail -f /dev/null');

  await container.unbindAll();

  assert.equal(running.running(), false);
});

test('an application injects the same manager into its container', async () => {
  await using app = await createApplication();

  assert.deepEqual(await app.get(TextStatistics).of(text), { lines: 2, words: 3 });
  assert.equal(app.get('process.manager'), app.container.get(ProcessManager));
});

test('the shutdown of an application stops its processes', async () => {
  const app = await createApplication();
  const running = await app.get(ProcessManager).start('tail -f /dev/null');

  await app.shutdown();

  assert.equal(running.running(), false);
});

test('fakes step in without a change to the service', async () => {
  await using app = await createApplication();
  const processes = fakeProcesses(app, { 'wc -l': '7', 'wc -w': '42' }).preventStrayProcesses();

  assert.deepEqual(await app.get(TextStatistics).of(text), { lines: 7, words: 42 });
  processes.assertRanTimes('wc *', 2);

  processes.fake({ 'wc *': 1 });
  await assert.rejects(app.get(TextStatistics).of(text), (error) => ProcessFailedError.is(error));
});
