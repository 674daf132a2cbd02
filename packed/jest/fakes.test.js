const { Process } = require('@proc/process');
const { StrayProcessError } = require('@proc/testing');

afterEach(() => Process.restore());

test('a faked command answers and is recorded', async () => {
  Process.fake({ 'git *': Process.result({ output: 'main', exitCode: 0 }), 'make *': 2 });

  expect((await Process.run(['git', 'branch'])).output()).toBe('main\n');
  expect((await Process.run('make all')).exitCode).toBe(2);
  Process.assertRan('git branch');
  Process.assertRanTimes('make *', 1);
  Process.assertNotRan('ls');
});

test('a failing assertion says what ran', async () => {
  Process.fake();
  await Process.run(['ls', '-l']);

  expect(() => Process.assertRan('git *')).toThrow(/ls -l/);
});

test('a sequence and a described process answer in turn', async () => {
  Process.fake({
    deploy: Process.sequence().push('one').push(1),
    serve: Process.describe().output('booting').output('ready').exitCode(0),
  });

  expect((await Process.run('deploy')).output()).toBe('one\n');
  expect((await Process.run('deploy')).exitCode).toBe(1);
  const server = await Process.start('serve');
  await server.waitUntil('ready');
  expect((await server.wait()).output()).toBe('booting\nready\n');
});

test('pools and pipelines run on fakes', async () => {
  Process.fake({ 'echo *': 'faked', 'wc *': (spec, launch) => launch.args.join(' ') });

  const results = await Process.concurrently({ a: 'echo 1', b: 'echo 2' });
  expect([...results].map((result) => result.output())).toEqual(['faked\n', 'faked\n']);
  const counted = await Process.pipe([
    ['echo', '1'],
    ['wc', '-l'],
  ]).run();
  expect(counted.output()).toBe('-l\n');
  Process.assertRanCount(4);
});

test('a process without a fake is an error', async () => {
  Process.fake({ 'git *': 'x' });
  Process.preventStrayProcesses();

  const error = await Process.run('rm -r build').catch((reason) => reason);
  expect(StrayProcessError.is(error)).toBe(true);
  expect(error.message).toContain('rm -r build');
});
