// Packs every package as it would be published: `node scripts/pack.mjs [directory]`.
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runOk } from './support/run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The manifests of all packages, by name. */
export function packageManifests() {
  return Object.fromEntries(
    readdirSync(path.join(root, 'packages'))
      .map((name) => path.join(root, 'packages', name, 'package.json'))
      .map((file) => JSON.parse(readFileSync(file, 'utf8')))
      .map((manifest) => [manifest.name, manifest]),
  );
}

/** Builds what has changed, packs all packages into a directory, and resolves with their tarballs by package name. */
export async function packAll(directory) {
  mkdirSync(directory, { recursive: true });
  const env = plainEnvironment({ NX_DAEMON: 'false' });
  await runOk('npm', ['run', 'build'], { cwd: root, env });
  const names = Object.keys(packageManifests());
  const { stdout } = await runOk(
    'npm',
    ['pack', '--json', '--pack-destination', directory, ...names.flatMap((name) => ['-w', name])],
    { cwd: root, env },
  );
  return Object.fromEntries(
    Object.values(JSON.parse(stdout)).map(({ name, filename }) => [
      name,
      // npm names the file after the package, once with and once without the scope's slash.
      path.join(directory, filename.replace('@', '').replace('/', '-')),
    ]),
  );
}

/**
 * The tarballs of all packages, by package name: those that are in a directory already, `given` or named by the variable
 * TARBALLS; else they are packed into `directory`.
 */
export async function tarballsFor(directory, given = process.env.TARBALLS) {
  if (given === undefined) return packAll(directory);
  const tarballs = Object.fromEntries(
    readdirSync(given).flatMap((file) => {
      const [, name] = /^proc-(.+)-\d+\.\d+\.\d+.*\.tgz$/.exec(file) ?? [];
      return name === undefined ? [] : [[`@proc/${name}`, path.resolve(given, file)]];
    }),
  );
  const missing = Object.keys(packageManifests()).filter((name) => !Object.hasOwn(tarballs, name));
  if (missing.length > 0) throw new Error(`There is no ${missing.join(', ')} in ${given}.`);
  return tarballs;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(await packAll(path.resolve(process.argv[2] ?? path.join(root, 'dist'))));
}
