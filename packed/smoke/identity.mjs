// `import` and `require` in one process give the same things, whichever comes first.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const entries = [
  '@proc/core',
  '@proc/driver-posix',
  '@proc/events',
  '@proc/ipc',
  '@proc/ipc/client',
  '@proc/ipc-redis',
  '@proc/pipe',
  '@proc/pool',
  '@proc/pool/progress',
  '@proc/process',
  '@proc/process/ipc',
  '@proc/process/workers',
  '@proc/testing',
  '@proc/testing/cassettes',
  '@proc/testing/conformance',
  '@proc/workers',
];

let compared = 0;
for (const [index, entry] of entries.entries()) {
  const load = [() => import(entry), () => Promise.resolve(require(entry))];
  const [first, second] = index % 2 === 0 ? load : load.reverse();
  const [one, other] = [await first(), await second()];
  const names = (namespace) =>
    Object.keys(namespace)
      .filter((name) => !['default', 'module.exports', '__esModule'].includes(name))
      .sort();
  assert.deepEqual(names(one), names(other), `${entry} exports the same names`);
  assert.ok(names(one).length > 0, `${entry} exports something`);
  for (const name of names(one)) {
    assert.equal(one[name], other[name], `${entry}: ${name} is the same`);
    compared++;
  }
}

// One registry: what one side adds, the other side sees.
const { Process: imported } = await import('@proc/process');
const { Process: required } = require('@proc/process');
const { ProcessManager } = require('@proc/core');
imported.macro('greet', function () {
  return this.run(['echo', 'hello']);
});
assert.ok(required.hasMacro('greet'));
assert.equal((await required.greet()).output(), 'hello\n');
assert.equal(imported.application.get(ProcessManager), required.application.get(ProcessManager));

console.log(`${compared} exports`);
