import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { plainEnvironment } from '../support/run.mjs';

const ROUNDS = 11;
const GOAL_MS = 100;
/**
 * How many times as much as inversify alone: a ratio is the same on a slow and busy machine. The first two have inversify
 * as a part of them, and come to 1.3 to 1.6 times; the light entry of IPC, which is what a worker loads, to 0.12 to 0.16.
 */
const LIMITS = { import: 2, require: 2, '@proc/ipc/client': 0.3 };

const REPORT = 'process.stdout.write(JSON.stringify(process.cpuUsage()))';
const SCRIPTS = {
  empty: script(REPORT),
  emptyModule: module(REPORT),
  inversify: script(`require('inversify'); ${REPORT}`),
  import: module(`import '@proc/process'; ${REPORT}`),
  require: script(`require('@proc/process'); ${REPORT}`),
  '@proc/ipc/client': script(`require('@proc/ipc/client'); ${REPORT}`),
};

/**
 * What a cold start with the package costs over an empty script. The runs take turns, so that load hits all alike; the
 * limit is on processor time, which other programs disturb least, beside that of inversify in the same run.
 */
export async function checkImportCost(checks, project) {
  await checks.check('a cold import of @proc/process, and of what workers load, is cheap', () => {
    const samples = Object.fromEntries(Object.keys(SCRIPTS).map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, args] of Object.entries(SCRIPTS))
        samples[name].push(measure(args, project));
    }
    const costOf = (name) => {
      const empty = name === 'import' ? 'emptyModule' : 'empty';
      const over = (kind) => median(samples[name], kind) - median(samples[empty], kind);
      return { name, wallMs: over('wallMs'), cpuMs: over('cpuMs') };
    };
    const inversify = costOf('inversify');
    const costs = Object.keys(LIMITS).map((name) => costOf(name));
    const ratio = ({ cpuMs }) => cpuMs / inversify.cpuMs;
    const note = [...costs, inversify]
      .map((cost) => {
        const { name, wallMs, cpuMs } = cost;
        const times = ratio(cost).toFixed(2);
        return `${name} ${wallMs.toFixed(0)} ms (processor ${cpuMs.toFixed(0)} ms, ${times})`;
      })
      .join(', ');
    const tooMuch = costs.filter((cost) => ratio(cost) > LIMITS[cost.name]);
    if (tooMuch.length > 0) {
      const limits = tooMuch.map(({ name }) => `${name}: the limit is ${LIMITS[name]} times`);
      throw new Error(`${limits.join(', ')}; ${note}`);
    }
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

function median(samples, kind) {
  const sorted = samples.map((sample) => sample[kind]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
