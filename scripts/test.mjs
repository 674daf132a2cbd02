// Runs the tests of every package and ends with one line that counts them all.
// Arguments go to Nx: `npm test -- --projects=core --skip-nx-cache`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');
const countFiles = readdirSync(`${root}/packages`).map(
  (name) => `${root}/packages/${name}/.jest/counts.json`,
);

for (const file of countFiles) rmSync(file, { force: true });

const run = spawnSync(
  process.execPath,
  [nx, 'run-many', '-t', 'test', '--output-style=stream', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);

const counts = countFiles
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')));
const total = { passed: 0, failed: 0, skipped: 0 };
for (const key of Object.keys(total)) {
  total[key] = counts.reduce((sum, count) => sum + count[key], 0);
}
const slow = counts.flatMap((count) => count.slow).sort(([, a], [, b]) => b - a);
if (slow.length > 0) console.log('files that took long:');
for (const [file, seconds] of slow) console.log(`${String(seconds).padStart(5)} s  ${file}`);

// Once more, as the end of the output is what is read first. `.ci/run` repeats the lines that begin like this.
for (const [test, message] of counts.flatMap((count) => count.failures)) {
  console.log(`FAIL  ${test}`);
  for (const line of message.split('\n').slice(0, 12)) console.log(`      ${line}`);
}

// Nx failed although no test did: something broke before or outside the tests.
if (run.status !== 0 && total.failed === 0) total.failed = 1;
process.exitCode = total.failed > 0 ? 1 : 0;

if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
