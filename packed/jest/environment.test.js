const { Process } = require('@proc/process');

test('the facade uses the driver that the environment names', async () => {
  if (process.env.PROC_DRIVER !== 'node') return;
  expect((await Process.run(['echo', 'hello'])).output()).toBe('hello\n');
});
