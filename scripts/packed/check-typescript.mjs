import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { runOk } from '../support/run.mjs';
import { fixtures } from './project.mjs';

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
  await checks.check('TypeScript, declarations of who sees @proc/process alone', async () => {
    const own = apart(project);
    await runOk(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], { cwd: own });
    const declarations = readFileSync(path.join(own, 'out', 'program.d.ts'), 'utf8');
    const names = new Set(
      [...declarations.matchAll(/import\("([^"]*)"\)/g)].map(([, name]) => name),
    );
    return [...names].join(', ');
  });
}

/**
 * A project in which each package sees what its manifest names and nothing else, as pnpm, and npm with linked packages,
 * install it.
 */
function apart(project) {
  const own = path.join(path.dirname(project), 'apart');
  const from = (name) => path.join(project, 'node_modules', name);
  const to = (name) => path.join(own, 'node_modules', '.store', name, 'node_modules');
  const ours = readdirSync(from('@proc')).map((name) => `@proc/${name}`);
  for (const name of ours) cpSync(from(name), path.join(to(name), name), { recursive: true });
  const link = (name, place) => {
    const target = ours.includes(name) ? path.join(to(name), name) : from(name);
    if (!existsSync(target)) return;
    mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
    symlinkSync(target, path.join(place, name), 'junction');
  };
  for (const name of ours) {
    const { dependencies, peerDependencies } = manifestOf(from(name));
    for (const each of Object.keys({ ...dependencies, ...peerDependencies })) link(each, to(name));
  }
  cpSync(path.join(fixtures, 'exported-types'), own, { recursive: true });
  for (const name of ['@proc/process', '@types/node']) link(name, path.join(own, 'node_modules'));
  return own;
}

function manifestOf(directory) {
  return JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
}
