// Runs the demo as a visitor would and looks at what it prints, how it ends and what it leaves:
// `node --test demo/tests/demo.test.mjs`, once `npm run demo` has built it.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createProcess } from '@proc/process';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const ESCAPE = '\u001b';
const ANY_COLOR = new RegExp(`${ESCAPE}\\[\\d+m`);
const withTerminal = { skip: process.platform !== 'linux' && 'needs script(1) of util-linux' };

let processes;
let scratch;
let mark;

before(async () => {
  processes = await createProcess();
});
after(() => processes.shutdown());
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'demo-test-'));
  mark = `DEMO_TEST=${process.pid}-${Math.random()}`;
});
afterEach(() => rmSync(scratch, { recursive: true }));

/** The demo with variables that say nothing of the terminal, and a temporary directory of its own. */
function demo(environment = {}, command = ['node', main]) {
  const [name, value] = mark.split('=');
  const silent = { CI: false, NO_COLOR: false, FORCE_COLOR: false, PROC_DRIVER: false };
  return processes
    .command(command)
    .env({ ...silent, TERM: 'xterm', TMPDIR: scratch, [name]: value, ...environment })
    .timeout('2m');
}

function demoInTerminal(environment) {
  return demo(environment, ['script', '-qec', `node '${main}'`, '/dev/null']);
}

function assertNothingLeft() {
  assert.deepEqual(readdirSync(scratch), []);
  if (process.platform !== 'linux') return;
  const left = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isMarked(pid));
  assert.deepEqual(left, []);
}

function isMarked(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
  } catch {
    return false;
  }
}

test('without a terminal it prints plain lines, succeeds and leaves nothing', async () => {
  const result = await demo().run();

  assert.equal(result.exitCode, 0, result.output());
  assert.match(result.output(), /Every check holds\.\n$/);
  assert.equal(result.output().includes(ESCAPE), false);
  assert.equal(result.errorOutput(), '');
  assertNothingLeft();
});

test('on a terminal it redraws a line, in colours', withTerminal, async () => {
  const result = await demoInTerminal().run();

  assert.equal(result.exitCode, 0, result.output());
  assert.match(result.output(), /\[#+\.+\] \d+\/\d+/);
  assert.match(result.output(), ANY_COLOR);
  assertNothingLeft();
});

test('NO_COLOR takes the colours away and leaves the live line', withTerminal, async () => {
  const running = await demoInTerminal({ NO_COLOR: '1' }).start();
  await running.expect(/\[#+\.+\] \d+\/\d+/, '30s');
  await running.stop();

  assert.doesNotMatch(running.output(), ANY_COLOR);
});

for (const environment of [{ CI: 'true' }, { TERM: 'dumb' }]) {
  const [[name, value]] = Object.entries(environment);
  test(`${name}=${value} means plain lines, even on a terminal`, withTerminal, async () => {
    const running = await demoInTerminal(environment).start();
    await running.expect(/\d+\/\d+ round trips/, '30s');
    await running.stop();

    assert.equal(running.output().includes(`${ESCAPE}[2K`), false);
  });
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  test(`${signal} stops everything and leaves nothing`, async () => {
    const running = await demo().start();
    await running.expect(/\d+\/\d+ round trips/, '30s');
    running.signal(signal);
    const result = await running.wait();

    assert.equal(result.signal, signal);
    assert.match(result.output(), /Stopped\.\n$/);
    assertNothingLeft();
  });
}
