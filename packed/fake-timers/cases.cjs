// What fakes do by the fake timers of a test runner: the same for each, which only gives the hands of the clock.
const assert = require('node:assert/strict');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { Process, createProcess } = require('@proc/process');
const { fakeProcesses } = require('@proc/testing');

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Tells, without waiting, what a promise has come to. */
function watch(promise) {
  const seen = { ended: false };
  promise.then(
    (value) => Object.assign(seen, { ended: true, value }),
    (error) => Object.assign(seen, { ended: true, error }),
  );
  return seen;
}

function code(seen) {
  return seen.error?.code;
}

/** Each is given `advance(ms)`, which lets so much time pass and resolves when all that this brings about has happened. */
module.exports = {
  'a fake without delays needs no time': async () => {
    Process.fake({ 'git *': 'main', 'wc *': '4', flaky: Process.sequence([1, 'done']) });
    assert.equal((await Process.run('git branch')).output(), 'main\n');
    assert.equal((await Process.pipe(['git branch', 'wc -c']).run()).output(), '4\n');
    assert.equal((await Process.command('flaky').retry(1).run()).attempts, 2);
    const results = await Process.concurrently(['git log', 'git diff']);
    assert.equal([...results].length, 2);
  },

  'a pool without delays needs no time, with a journal either': async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
    Process.fake({ 'job *': 'done' });
    const journal = path.join(folder, 'pool.journal');
    const results = await Process.pool(['job 1', 'job 2'], { journal }).start();
    assert.equal(results.successful(), true);
    rmSync(folder, { recursive: true });
  },

  'a delay takes its time, and gives it as a duration': async (advance) => {
    Process.fake({ build: Process.describe().output('begun').delay('1h').output('done') });
    const run = watch(Process.run('build'));
    await advance(59 * MINUTE);
    assert.equal(run.ended, false);
    await advance(MINUTE);
    assert.equal(run.value?.output(), 'begun\ndone\n');
    assert.ok(run.value.durationMs >= 60 * MINUTE && run.value.durationMs < 61 * MINUTE);
  },

  'a timeout fires, and so does the grace after it': async (advance) => {
    Process.fake({ deaf: Process.describe().ignoresSignals('SIGTERM').delay('9h') });
    const run = watch(Process.command('deaf').timeout('5m').grace('10s').run());
    await advance(5 * MINUTE);
    Process.assertSignalled('deaf', 'SIGTERM');
    assert.equal(run.ended, false);
    await advance(10 * SECOND);
    assert.equal(code(run), 'ERR_PROC_TIMED_OUT');
    assert.equal(run.error.result.signal, 'SIGKILL');
  },

  'a silence fires the idle timeout': async (advance) => {
    Process.fake({ quiet: Process.describe().output('up').delay('9h') });
    const run = watch(Process.command('quiet').idleTimeout('1m').run());
    await advance(59 * SECOND);
    assert.equal(run.ended, false);
    await advance(SECOND);
    assert.equal(code(run), 'ERR_PROC_IDLE_TIMED_OUT');
  },

  'a stop waits for its grace': async (advance) => {
    Process.fake({ deaf: Process.describe().ignoresSignals('SIGTERM').delay('9h') });
    const process = await Process.start('deaf');
    const stopped = watch(process.stop('30s'));
    await advance(29 * SECOND);
    assert.equal(stopped.ended, false);
    await advance(SECOND);
    assert.equal(stopped.value?.signal, 'SIGKILL');
  },

  'retries come when their delays have passed': async (advance) => {
    Process.fake({ flaky: Process.sequence([1, 1, 'done']) });
    const run = watch(Process.command('flaky').retry({ times: 2, delay: '1m', factor: 2 }).run());
    await advance(MINUTE);
    Process.assertRanTimes('flaky', 2);
    await advance(MINUTE);
    Process.assertRanTimes('flaky', 2);
    await advance(MINUTE);
    assert.equal(run.value?.attempts, 3);
  },

  'a pool has its entries wait for their places and for their retries': async (advance) => {
    Process.fake({
      'job *': Process.describe().delay('1m').output('done'),
      flaky: Process.sequence([1, 'well']),
    });
    const run = watch(
      Process.pool(['job 1', 'job 2', 'flaky'], {
        maxProcesses: 1,
        retry: { times: 1, delay: '5m' },
      }).start(),
    );
    await advance(MINUTE);
    Process.assertRan('job 2').assertNotRan('flaky');
    await advance(MINUTE);
    Process.assertRanTimes('flaky', 1);
    await advance(5 * MINUTE);
    assert.equal(run.value?.get(2).output(), 'well\n');
    assert.ok(run.value.durationMs >= 7 * MINUTE && run.value.durationMs < 8 * MINUTE);
  },

  'a pool and a pipeline time out as a whole': async (advance) => {
    Process.fake({ 'job *': Process.describe().delay('9h') });
    const pool = watch(Process.pool(['job 1', 'job 2'], { timeout: '5m' }).start());
    const pipeline = watch(Process.pipe(['job 3', 'job 4']).timeout('5m').run());
    await advance(5 * MINUTE - 1);
    assert.deepEqual([pool.ended, pipeline.ended], [false, false]);
    await advance(1);
    assert.equal(pool.value?.reason, 'timedOut');
    assert.equal(code(pipeline), 'ERR_PROC_TIMED_OUT');
  },

  'what nobody lets time pass for is ended with its manager': async () => {
    const processes = await createProcess();
    const fakes = fakeProcesses(processes);
    fakes.fake({ serve: fakes.describe().output('up').delay('9h') });
    const serve = await processes.start('serve');
    await processes.shutdown();
    fakes.assertSignalled('serve', 'SIGTERM');
    assert.equal(serve.running(), false);
  },
};
