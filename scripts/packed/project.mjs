import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runOk } from '../support/run.mjs';

/** Programs that are copied into the projects. */
export const fixtures = fileURLToPath(new URL('../../packed', import.meta.url));

/** Makes an empty project. The tarballs stand in for the registry when one package needs another. */
export function createProject(directory, tarballs = {}, type = 'commonjs') {
  mkdirSync(directory, { recursive: true });
  const overrides = Object.fromEntries(
    Object.entries(tarballs).map(([name, tarball]) => [name, pathToFileURL(tarball).href]),
  );
  const manifest = { name: 'project', version: '1.0.0', private: true, type, overrides };
  writeFileSync(path.join(directory, 'package.json'), JSON.stringify(manifest));
}

/** Installs packages into a project; `silent`: npm must not warn of anything in them. */
export async function install(directory, packages, { dev = false, silent = false } = {}) {
  const save = dev ? ['--save-dev'] : [];
  const { output } = await runOk(
    'npm',
    [
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--loglevel=warn',
      ...save,
      ...packages,
    ],
    { cwd: directory },
  );
  const warnings = output
    .split('\n')
    // Settings of the user are no business of ours.
    .filter((line) => /npm warn/i.test(line) && !/Unknown \w+ config/.test(line));
  if (silent && warnings.length > 0) throw new Error(warnings.join('\n'));
}

/** The versions of a package anywhere in a project. */
export async function installedVersions(directory, name) {
  const { stdout } = await runOk('npm', ['ls', '--all', '--json', name], { cwd: directory });
  const versions = new Set();
  const visit = ({ dependencies = {} }) => {
    for (const [each, node] of Object.entries(dependencies)) {
      if (each === name && node.version !== undefined) versions.add(node.version);
      visit(node);
    }
  };
  visit(JSON.parse(stdout));
  return [...versions];
}
