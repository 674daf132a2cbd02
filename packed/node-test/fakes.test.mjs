import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Process, createProcess } from '@proc/process';

afterEach(() => Process.restore());

test('a faked command answers and is recorded', async () => {
  Process.fake({ 'git *': 'main' });
  assert.equal((await Process.run(['git', 'branch'])).output(), 'main\n');
  Process.assertRan('git branch');
});

test('the default driver runs a process', async () => {
  const processes = await createProcess();
  const [first] = await processes.concurrently([['echo', 'hello']]);
  assert.equal(first.output(), 'hello\n');
  await processes.shutdown();
});
