import { existsSync } from 'node:fs';
import path from 'node:path';
import { runOk } from '../support/run.mjs';
import { createProject, install } from './project.mjs';

const OTHER_MAJORS = [22, 24];

/** Installs the other supported versions of Node from npm, whose packages carry the binaries; gives their paths. */
export async function installNodes(checks, directory) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const found = [];
  const current = Number(process.versions.node.split('.', 1)[0]);
  for (const major of OTHER_MAJORS.filter((other) => other !== current)) {
    const project = path.join(directory, String(major));
    await checks.check(`Node ${major} is installed from npm`, async () => {
      createProject(project);
      await install(project, [`${name}@${major}`]);
      const bin = path.join(project, 'node_modules', name, 'bin');
      const file = [path.join(bin, 'node'), path.join(bin, 'node.exe')].find((each) =>
        existsSync(each),
      );
      if (file === undefined) throw new Error(`${name}@${major} has no bin/node`);
      found.push(file);
      return (await runOk(file, ['--version'])).stdout.trim();
    });
  }
  return found;
}

/** The same programs with `import`, with `require`, and with both, on every version of Node. */
export async function checkLoaders(checks, project, nodes) {
  for (const node of nodes) {
    const version = (await runOk(node, ['--version'])).stdout.trim();
    for (const [name, file] of [
      ['import', 'esm.mjs'],
      ['require', 'cjs.cjs'],
      ['import and require give the same things', 'identity.mjs'],
      ['workers and IPC are loaded when they are used', 'deferred.mjs'],
    ]) {
      await checks.check(`Node ${version}: ${name}`, async () => {
        const { stdout } = await runOk(node, [path.join('smoke', file)], { cwd: project });
        return stdout.trim() || undefined;
      });
    }
  }
}
