import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { plainEnvironment } from '../support/run.mjs';

const ROUNDS = 15;
const GOAL_MS = 100;
/** A busy machine can be slow, so only a cost far above the goal fails. */
const LIMIT_MS = 250;

const EMPTY = 'process.stdout.write(JSON.stringify(process.cpuUsage()))';
const SCRIPTS = {
  import: { before: module(EMPTY), after: module(`import '@proc/process'; ${EMPTY}`) },
  require: { before: script(EMPTY), after: script(`require('@proc/process'); ${EMPTY}`) },
  // For comparison: the part that is inversify's.
  inversify: { before: script(EMPTY), after: script(`require('inversify'); ${EMPTY}`) },
};

/**
 * What a cold start with the package costs over an empty script. The runs take turns, so that load hits all alike; the
 * limit is on processor time, which other programs disturb least.
 */
export async function checkImportCost(checks, project) {
  await checks.check('a cold import of @proc/process is cheap', () => {
    const samples = Object.entries(SCRIPTS).flatMap(([name, { before, after }]) => [
      { name, args: before, sign: -1, times: [] },
      { name, args: after, sign: 1, times: [] },
    ]);
    for (let round = 0; round < ROUNDS; round++) {
      for (const sample of samples) sample.times.push(measure(sample.args, project));
    }
    const cost = (name, kind) =>
      samples
        .filter((sample) => sample.name === name)
        .reduce((sum, { sign, times }) => sum + sign * median(times.map((time) => time[kind])), 0);
    const note = Object.keys(SCRIPTS)
      .map(
        (name) =>
          `${name} ${cost(name, 'wallMs').toFixed(0)} ms (processor ${cost(name, 'cpuMs').toFixed(0)} ms)`,
      )
      .join(', ');
    const worst = Math.max(...Object.keys(SCRIPTS).map((name) => cost(name, 'cpuMs')));
    if (worst > LIMIT_MS) throw new Error(`${note}; the limit is ${LIMIT_MS}`);
    return `${note} over an empty script; goal ${GOAL_MS} ms`;
  });
}

function module(code) {
  return ['--input-type=module', '-e', code];
}

function script(code) {
  return ['-e', code];
}

function measure(args, cwd) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: plainEnvironment(),
    encoding: 'utf8',
  });
  const wallMs = performance.now() - start;
  if (status !== 0) throw new Error(stderr);
  const { user, system } = JSON.parse(stdout);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
