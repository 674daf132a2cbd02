import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { plainEnvironment } from '../support/run.mjs';

const ROUNDS = 11;
const GOAL_MS = 100;
/** How many times as much as inversify alone, which is a part of it: a ratio is the same on a slow and busy machine. */
const LIMIT = 3;

const REPORT = 'process.stdout.write(JSON.stringify(process.cpuUsage()))';
const SCRIPTS = {
  empty: script(REPORT),
  require: script(`require('@proc/process'); ${REPORT}`),
  inversify: script(`require('inversify'); ${REPORT}`),
  emptyModule: module(REPORT),
  import: module(`import '@proc/process'; ${REPORT}`),
};

/**
 * What a cold start with the package costs over an empty script. The runs take turns, so that load hits all alike; the
 * limit is on processor time, which other programs disturb least, beside that of inversify in the same run.
 */
export async function checkImportCost(checks, project) {
  await checks.check('a cold import of @proc/process is cheap', () => {
    const samples = Object.fromEntries(Object.keys(SCRIPTS).map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, args] of Object.entries(SCRIPTS))
        samples[name].push(measure(args, project));
    }
    const cost = (name, empty) => ({
      name,
      wallMs: median(samples[name], 'wallMs') - median(samples[empty], 'wallMs'),
      cpuMs: median(samples[name], 'cpuMs') - median(samples[empty], 'cpuMs'),
    });
    const costs = [cost('import', 'emptyModule'), cost('require', 'empty')];
    const inversify = cost('inversify', 'empty');
    const note = [...costs, inversify]
      .map(
        ({ name, wallMs, cpuMs }) =>
          `${name} ${wallMs.toFixed(0)} ms (processor ${cpuMs.toFixed(0)} ms)`,
      )
      .join(', ');
    const ratio = Math.max(...costs.map(({ cpuMs }) => cpuMs / inversify.cpuMs));
    if (ratio > LIMIT) throw new Error(`${note}: ${ratio.toFixed(1)} times; the limit is ${LIMIT}`);
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
