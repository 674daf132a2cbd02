import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../fixtures/spawn-loop.c', import.meta.url));

/** The first line that a program prints about itself; `undefined` where it is not installed. */
export function versionOf(program) {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync(program, ['--version'], options).split('\n')[0];
  } catch {
    return undefined;
  }
}

/** Compiles the loop in C where there is a compiler; `remove` takes it away again. */
export function compileLoop() {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const program = path.join(folder, 'spawn-loop');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync('cc', ['-O2', '-o', program, source], { stdio: 'ignore' });
    return { program, remove };
  } catch {
    return { program: undefined, remove };
  }
}
