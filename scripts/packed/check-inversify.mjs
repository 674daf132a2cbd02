import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runOk } from '../support/run.mjs';
import { createProject, fixtures, install, installedVersions } from './project.mjs';

/**
 * Injection into classes of the user's own, in their own container, with both supported lines of inversify and in both
 * module formats: inversify 7 has declarations, and classes, of its own for each. One function for each line, and one
 * for both at once.
 */
export function checksOfInversify(checks, { tsc, tarballs, directory }) {
  return [
    ...checksOfOwnContainers(checks, { tsc, tarballs, directory }),
    () => checkBeside(checks, { tsc, tarballs, directory }),
  ];
}

/** `@proc/process` brings inversify 7; a project that takes 8 for its own classes has both. */
async function checkBeside(checks, { tsc, tarballs, directory }) {
  const own = path.join(directory, 'inversify-beside');
  await checks.check(
    '@proc/process beside inversify 8: its tokens are those of services',
    async () => {
      const { '@proc/process': main, ...others } = tarballs;
      createProject(own, others);
      await install(own, [main, 'inversify@8', 'reflect-metadata@0.2', '@types/node@20']);
      const versions = await installedVersions(own, 'inversify');
      if (versions.length !== 2) throw new Error(`inversify is there as ${versions.join(' and ')}`);
      cpSync(path.join(fixtures, 'inversify-beside'), own, { recursive: true });
      await runOk(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], { cwd: own });
      await runOk(process.execPath, [path.join('out', 'program.js')], { cwd: own });
      return versions.join(' and ');
    },
  );
}

function checksOfOwnContainers(checks, { tsc, tarballs, directory }) {
  const libraries = ['core', 'events', 'pipe', 'pool'].map((name) => tarballs[`@proc/${name}`]);
  return ['7.11.0', '8'].map((version) => async () => {
    const own = path.join(directory, `inversify-${version}`);
    const installed = await checks.check(`inversify ${version} is installed`, async () => {
      createProject(own);
      const packages = [...libraries, `inversify@${version}`, 'reflect-metadata@0.2'];
      await install(own, [...packages, '@types/node@20'], { silent: true });
      const manifest = path.join(own, 'node_modules', 'inversify', 'package.json');
      return JSON.parse(readFileSync(manifest, 'utf8')).version;
    });
    if (!installed) return;
    for (const type of ['commonjs', 'module']) {
      const name = `inversify ${version}, ${type}: injection with and without Application`;
      await checks.check(name, async () => {
        const cwd = path.join(own, type);
        cpSync(path.join(fixtures, 'inversify'), cwd, { recursive: true });
        writeFileSync(path.join(cwd, 'package.json'), JSON.stringify({ type }));
        await runOk(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], { cwd });
        await runOk(process.execPath, [path.join('out', 'program.js')], { cwd });
      });
    }
  });
}
