/** Uses every matcher, in both directions, in the way of any runner. */
exports.everyMatcher = async function everyMatcher(expect, Process) {
  Process.fake({
    'git *': 'ok',
    'make *': Process.result({ output: 'a\nb', errorOutput: 'no rule', exitCode: 2 }),
    serve: Process.describe().output('up').delay('1h'),
  });
  const git = await Process.run(['git', 'push', 'origin']);
  const make = await Process.run('make all');
  const server = await Process.start('serve');
  await server.expect('up');
  expect(Process).not.toHaveLeftNoProcesses();
  expect(server).toHaveOutput('up');
  const stopped = await server.stop();
  expect(server).toHaveBeenSignalled('SIGTERM');

  expect(Process).toHaveRun('git push *');
  expect(Process).toHaveRun(/^make/);
  expect(Process.application).toHaveRun(['git', 'push', 'origin']);
  expect(Process).not.toHaveRun((spec, result) => result.exitCode === 3);
  expect(Process).toHaveRunTimes('git *', 1);
  expect(Process).not.toHaveRunTimes('git *', 2);
  expect(Process).toHaveRunInOrder(['git *', 'make *', 'serve']);
  expect(Process).not.toHaveRunInOrder(['git *']);
  expect(git).toHaveSucceeded();
  expect(make).not.toHaveSucceeded();
  await expect(await Process.start('make all')).toHaveExitedWith(2);
  expect(git).not.toHaveExitedWith(1);
  expect(make).toHaveOutput(['a', 'b']);
  expect(make).toHaveOutput('no rule', 'err');
  expect(make).not.toHaveOutput(/c/);
  expect(stopped).toHaveBeenSignalled('SIGTERM');
  expect(git).not.toHaveBeenSignalled();
  expect(Process).toHaveBeenSignalled('serve', 'SIGTERM');
  expect(Process).toHaveLeftNoProcesses();

  for (const [wrong, message] of [
    [() => expect(Process).toHaveRun('git push orign'), /have run, but it has not[^]*1\. git push/],
    [() => expect(Process).not.toHaveRun('git *'), /not to have run, but it has run once/],
    [() => expect(make).toHaveSucceeded(), /exit code 2[^]*no rule/],
    [() => expect(make).toHaveOutput('a\nc'), /- c\n {2}\+ b/],
  ]) {
    let failure;
    try {
      wrong();
    } catch (error) {
      failure = error;
    }
    if (!message.test(failure?.message)) throw new Error(`${message}: ${failure?.message}`);
  }
};

/** Faked by the test before; taken back by the entry point. */
exports.expectRestored = function expectRestored(Process) {
  if (Process.isRecording()) throw new Error('The fakes of the test before are still there.');
};

/** Two of these at the same time do not see each other. */
exports.isolatedPart = async function isolatedPart(Process, name) {
  const { setImmediate: turn } = require('node:timers/promises');
  await Process.isolated(async () => {
    Process.fake({ whoami: name });
    for (let i = 0; i < 20; i++) {
      await turn();
      const result = await Process.run('whoami');
      if (result.output() !== `${name}\n`) throw new Error(`${name} got ${result.output()}`);
    }
    Process.assertRanCount(20);
  });
};

/** Code under test that goes on without the process. */
exports.swallowsStray = async function swallowsStray(Process) {
  Process.fake({ 'git *': 'ok' }).preventStrayProcesses();
  await Process.run('rm -r build').catch(() => undefined);
};

/** Code under test that leaves a process of its own, and one in the background of another. */
exports.leavesProcesses = async function leavesProcesses(createProcess) {
  const processes = await createProcess({ default: 'node' });
  await processes.start('node', ['-e', 'setInterval(Date, 4321)']);
  await processes.run('sh', ['-c', 'sleep 4321 >/dev/null 2>&1 &']);
};
