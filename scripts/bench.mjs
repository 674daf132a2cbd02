// Brings the build up to date, which takes a moment only after a change, and runs the benchmarks.
import { build } from './support/build.mjs';

if (build('process', 'workers', 'ipc')) await import('../benchmarks/main.mjs');
else process.exitCode = 1;
