// Brings the build up to date, which takes a moment only after a change, and runs the benchmarks.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const packages = ['process', 'workers', 'ipc'].map((name) => `${root}/packages/${name}`);
const build = spawnSync(process.execPath, [tsc, '-b', ...packages], { stdio: 'inherit' });

if (build.status === 0) await import('../benchmarks/main.mjs');
else process.exitCode = 1;
