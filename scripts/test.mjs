// Runs all tests and ends with one line that counts them. With arguments it is Nx that runs them, one package after the
// other, and knows what has not changed: `npm test -- --projects=core --skip-nx-cache`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { resolve } = createRequire(import.meta.url);
const directories = readdirSync(`${root}/packages`).map((name) => `${root}/packages/${name}`);
const countFiles = [root, ...directories].map((directory) => `${directory}/.jest/counts.json`);
const args = process.argv.slice(2);

for (const file of countFiles) rmSync(file, { force: true });

const hasFailed = args.length > 0 ? withNx() : withJest();

function withNx() {
  return fails(root, [
    resolve('nx/bin/nx.js'),
    'run-many',
    '-t',
    'test',
    '--output-style=stream',
    ...args,
  ]);
}

/** The driver `posix` has the tests of other packages run on it, for which its configuration changes the environment. */
function withJest() {
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    resolve('jest/bin/jest'),
  ];
  return [root, `${root}/packages/driver-posix`].filter((cwd) => fails(cwd, jest)).length > 0;
}

function fails(cwd, command) {
  return spawnSync(process.execPath, command, { cwd, stdio: 'inherit' }).status !== 0;
}

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

// It failed although no test did: something broke before or outside the tests.
if (hasFailed && total.failed === 0) total.failed = 1;
process.exitCode = total.failed > 0 ? 1 : 0;

for (const test of counts.flatMap((count) => count.leftOut)) console.log(`skip  ${test}`);
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
