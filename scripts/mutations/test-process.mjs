// Runs tests for the process that has forked it, one file after the other: answers each message with what came of it,
// `{ results, left }`. Jest is loaded, and what is tested compiled, only once for all of them.
import { createHook } from 'node:async_hooks';
import process from 'node:process';
import { clearImmediate, clearTimeout } from 'node:timers';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readConfig } from 'jest-config';
import TestRunner from 'jest-runner';
import Runtime from 'jest-runtime';
import MutatingRuntime from './mutating-runtime.cjs';

const configFile = fileURLToPath(new URL('jest.config.cjs', import.meta.url));

/** Timers and immediates of the tests that run. */
const timers = new Set();
createHook({
  init(_id, type, _trigger, resource) {
    if (type === 'Timeout' || type === 'Immediate') timers.add(resource);
  },
}).enable();

/** Runs the tests of one file whose full names fit a pattern, and gives their results in the form of Jest's JSON. */
async function runTests({ file, names, edit }, { globalConfig, context }) {
  MutatingRuntime.edit = edit;
  const runner = new TestRunner({ ...globalConfig, testNamePattern: names }, {});
  const results = { name: file };
  runner.on('test-file-success', ([, { testResults, failureMessage }]) => {
    const failed = testResults.some(({ status }) => status === 'failed');
    const status = failed || failureMessage ? 'failed' : 'passed';
    Object.assign(results, { status, message: failureMessage, assertionResults: testResults });
  });
  runner.on('test-file-failure', ([, { message }]) => {
    Object.assign(results, { status: 'failed', message, assertionResults: [] });
  });
  const watcher = { isInterrupted: () => false };
  await runner.runTests([{ path: file, context }], watcher, { serial: true });
  return results;
}

/** Takes back what tests have left, so that none of it meets the next ones, and names what can not be taken back. */
async function leftBehind(own) {
  await setImmediate();
  for (const timer of timers) {
    clearTimeout(timer);
    clearImmediate(timer);
  }
  timers.clear();
  await setImmediate();
  const unseen = [...own];
  return process.getActiveResourcesInfo().filter((type) => {
    const at = unseen.indexOf(type);
    if (at >= 0) unseen.splice(at, 1);
    return at < 0;
  });
}

async function prepare() {
  const { globalConfig, projectConfig } = await readConfig({ _: [], $0: 'jest' }, configFile);
  const options = { maxWorkers: 1, watchman: false };
  // What is thrown while no test runs comes too late to say anything of one.
  process.on('uncaughtException', () => undefined);
  return { globalConfig, context: await Runtime.createContext(projectConfig, options) };
}

const prepared = prepare();
process.on('message', async (asked) => {
  const jest = await prepared;
  const own = process.getActiveResourcesInfo();
  const results = await runTests(asked, jest);
  process.send({ results, left: await leftBehind(own) });
});
