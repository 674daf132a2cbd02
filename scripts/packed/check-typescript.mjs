import path from 'node:path';
import { runOk } from '../support/run.mjs';

const MODES = {
  nodenext: ['--module', 'nodenext', '--moduleResolution', 'nodenext'],
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
  node10: [
    ...['--module', 'commonjs', '--moduleResolution', 'node10'],
    // TypeScript 6 still knows it, and says that it will go.
    ...['--ignoreDeprecations', '6.0'],
    // inversify's own declarations import a sub-path that is found through `exports` alone.
    '--skipLibCheck',
  ],
};

/** One program, type-checked in every way of finding modules, with the declarations of all packages. */
export async function checkTypeScript(checks, project) {
  const tsc = path.join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  const compile = (args) =>
    runOk(process.execPath, [tsc, '-p', 'typescript', '--pretty', 'false', ...args], {
      cwd: project,
    });
  for (const [mode, args] of Object.entries(MODES)) {
    await checks.check(`TypeScript, moduleResolution ${mode}`, async () => {
      await compile([...args, '--outDir', `typescript/out-${mode}`]);
    });
  }
  for (const mode of ['nodenext', 'node10']) {
    await checks.check(`TypeScript, compiled with ${mode}, runs`, async () => {
      const program = path.join('typescript', `out-${mode}`, 'program.js');
      const { stdout } = await runOk(process.execPath, [program], { cwd: project });
      const printed = stdout.trim();
      if (printed !== 'hello 1 2 0 1 0 main true') throw new Error(`printed ${printed}`);
    });
  }
}
