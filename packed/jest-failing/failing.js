const { Process } = require('@proc/process');

test('asserts a command that did not run', async () => {
  Process.fake();
  await Process.run(['git', 'status']);
  Process.assertRan('git push *');
});
