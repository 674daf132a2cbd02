const path = require('node:path');
const { default: TestSequencer } = require('@jest/test-sequencer');

const packages = path.join(__dirname, '../packages');

/**
 * About how many seconds the slowest files take; `npm test` lists them at its end. Jest remembers that itself, but in a
 * fresh clone it goes by the size of the files, and a small one that takes minutes would run last, and alone.
 */
const SECONDS = {
  'core/tests/integration/many-runs': 180,
  'testing/tests/integration/broken-drivers': 140,
  'ipc/tests/integration/large-numbers': 100,
  'workers/tests/property/like-arrays': 100,
  'testing/tests/integration/conformance-of-execa-driver': 80,
  'testing/tests/integration/conformance-of-node-driver': 70,
  'testing/tests/integration/cassettes/recording-conformance': 70,
  'core/tests/integration/exhaustion': 60,
  'driver-posix/tests/integration/ends': 60,
  'pipe/tests/integration/pipeline': 50,
  'pool/tests/integration/journal': 45,
  'core/tests/integration/volume': 40,
  'core/tests/integration/messages': 35,
  'core/tests/property/options': 35,
  'testing/tests/unit/driver/fake-process': 35,
  'core/tests/integration/orphans': 30,
  'core/tests/integration/message-endings': 30,
  'pool/tests/integration/held-output': 30,
  'pool/tests/integration/memory': 30,
  'workers/tests/integration/pool-mixtures': 30,
  'driver-posix/tests/integration/conformance': 25,
  'pipe/tests/integration/tee': 25,
  'ipc-redis/tests/integration/leases': 25,
  'ipc-redis/tests/integration/real-redis': 20,
  'pool/tests/unit/pool/add': 25,
  'core/tests/integration/limits': 20,
  'core/tests/integration/endings': 20,
  'core/tests/integration/preludes': 20,
  'pool/tests/integration/exhaustion': 20,
  'testing/tests/integration/behaviour/endings': 20,
  'testing/tests/integration/behaviour/input': 20,
  'testing/tests/unit/conformance/check-conformance': 20,
  'workers/tests/integration/pool-leaks': 20,
  'workers/tests/integration/pool-recycling': 20,
};

/**
 * What asks the debugger for the variables of functions: it goes through all scripts of its process, so they take several
 * times as long in one that has run many files before.
 */
const IN_A_FRESH_PROCESS = [
  'workers/tests/unit/functions/to-task-reference',
  'workers/tests/unit/functions/helper-shims',
];

function nameOf({ path: file }) {
  const name = path.relative(packages, file).replaceAll(path.sep, '/');
  return name.replace(/\.test\.ts$/, '');
}

function secondsOf(test) {
  const name = nameOf(test);
  return IN_A_FRESH_PROCESS.includes(name) ? Infinity : (SECONDS[name] ?? 0);
}

/** Begins with the files that take longest, so that no processor is idle at the end. */
module.exports = class LongestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const remembered = sorted.some(({ duration }) => duration !== undefined);
    return remembered ? sorted : [...sorted].sort((a, b) => secondsOf(b) - secondsOf(a) || 0);
  }
};
