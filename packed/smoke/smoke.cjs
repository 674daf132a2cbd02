const assert = require('node:assert/strict');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { Writable } = require('node:stream');

/** Uses what a project gets; `api` holds the packages, however they were loaded. */
module.exports = async function smoke({
  process: main,
  core,
  pool,
  progress,
  pipe,
  events,
  testing,
  cassettes,
}) {
  const { Process, createProcess } = main;

  const hello = await Process.run('echo hello');
  assert.equal(hello.output().trim(), 'hello');
  assert.equal((await Process.run('node', ['-e', 'process.exit(3)'])).exitCode, 3);
  await assert.rejects(Process.run('no-such-program-anywhere'), (error) =>
    core.CommandNotFoundError.is(error),
  );

  for (const driver of ['execa', 'node']) {
    await using(await createProcess({ default: driver }), async (processes) => {
      const [first, second] = await processes.concurrently([
        ['echo', 'a'],
        ['echo', 'b'],
      ]);
      assert.equal(first.output() + second.output(), 'a\nb\n');

      for (const mode of ['sequential', 'streaming']) {
        const line = processes.pipe((stage) => {
          stage.command(['echo', 'one two']);
          stage.command(['wc', '-w']);
        });
        const words = await (mode === 'streaming' ? line.streaming() : line).run();
        assert.equal(words.output().trim(), '2');
      }

      const queue = new pool.ProcessPool(processes, { concurrency: 2 });
      const queued = await Promise.all(['x', 'y', 'z'].map((word) => queue.start('echo', [word])));
      assert.equal(queued.map((result) => result.output().trim()).join(''), 'xyz');
      await queue.close();
    });
  }

  let written = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  await using(await createProcess(), async (processes) => {
    const onProgress = progress.progressBar({ stream, label: 'two' });
    await processes.pool(['echo a', 'echo b'], { onProgress }).start();
  });
  assert.match(written, /two: 2\/2 done, 0 failed\n$/);

  const app = new core.Application({
    providers: [
      core.ProcessServiceProvider,
      events.EventServiceProvider,
      pool.PoolServiceProvider,
      pipe.PipeServiceProvider,
    ],
  });
  await app.boot();
  const completed = app.get(core.EventDispatcher).once(core.ProcessCompleted);
  const processes = app.get(core.ProcessManager);
  await processes.run(['echo', 'hello']);
  assert.equal((await completed).result.exitCode, 0);
  assert.equal(app.get('process.manager'), processes);
  await app.shutdown();

  Process.fake({ 'git *': 'faked', missing: 7 });
  assert.equal((await Process.run(['git', 'status'])).output(), 'faked\n');
  assert.equal((await Process.run('missing')).exitCode, 7);
  Process.assertRan('git status');
  Process.restore();
  assert.equal(typeof testing.fakeProcesses, 'function');

  const directory = mkdtempSync(join(tmpdir(), 'smoke-'));
  try {
    for (const mode of ['record', 'replay']) {
      const cassette = await cassettes.useCassette(join(directory, 'echo.json'), { mode });
      assert.equal((await Process.run(['echo', 'recorded'])).output(), 'recorded\n');
      if (mode === 'replay') {
        await assert.rejects(Process.run(['echo', 'other']), cassettes.CassetteMissError);
      }
      await cassette.eject();
    }
  } finally {
    rmSync(directory, { recursive: true });
  }

  async function using(resource, use) {
    try {
      await use(resource);
    } finally {
      await resource[Symbol.asyncDispose]();
    }
  }
};
