import { Process, createProcess } from '@proc/process';
import { afterEach, expect, test } from 'vitest';

afterEach(() => Process.restore());

test('a faked command answers and is recorded', async () => {
  Process.fake({ 'git *': 'main' });
  expect((await Process.run(['git', 'branch'])).output()).toBe('main\n');
  Process.assertRan('git branch');
});

test('the default driver runs a process', async () => {
  const processes = await createProcess();
  const [first] = await processes.concurrently([['echo', 'hello']]);
  expect(first.output()).toBe('hello\n');
  await processes.shutdown();
});
