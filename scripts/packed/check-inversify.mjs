import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runOk } from '../support/run.mjs';
import { createProject, fixtures, install } from './project.mjs';

/** Injection into classes of the user's own, in their own container, with both supported lines of inversify. */
export async function checkInversify(checks, { project, tarballs, directory }) {
  const libraries = ['core', 'events', 'pipe', 'pool'].map((name) => tarballs[`@proc/${name}`]);
  for (const version of ['7.11.0', '8']) {
    const own = path.join(directory, `inversify-${version}`);
    await checks.check(`inversify ${version}: injection with and without Application`, async () => {
      createProject(own);
      await install(
        own,
        [...libraries, `inversify@${version}`, 'reflect-metadata@0.2', '@types/node@20'],
        {
          silent: true,
        },
      );
      cpSync(path.join(fixtures, 'inversify'), own, { recursive: true });
      const tsc = path.join(project, 'node_modules', 'typescript', 'bin', 'tsc');
      await runOk(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], { cwd: own });
      await runOk(process.execPath, [path.join('out', 'program.js')], { cwd: own });
      const manifest = path.join(own, 'node_modules', 'inversify', 'package.json');
      return JSON.parse(readFileSync(manifest, 'utf8')).version;
    });
  }
}
