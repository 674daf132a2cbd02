// Brings the build up to date, which takes a moment only after a change, and runs the demo.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from './support/build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

if (!existsSync(`${root}/demo/dist/main.js`)) console.log('Building the packages, once …');

if (build('process', 'pipe') && compile()) await import('../demo/dist/main.js');
else process.exitCode = 1;

function compile() {
  return (
    spawnSync(process.execPath, [tsc, '-b', `${root}/demo`], { stdio: 'inherit' }).status === 0
  );
}
