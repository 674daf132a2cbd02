import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { packageManifests } from '../pack.mjs';
import { runOk } from '../support/run.mjs';

/** Largest tarball of each package, in KiB: room to grow, but not unnoticed. */
const TARBALL_KIB = {
  '@proc/core': 520,
  '@proc/driver-posix': 60,
  '@proc/events': 40,
  '@proc/ipc': 200,
  '@proc/ipc-redis': 70,
  '@proc/pipe': 190,
  '@proc/pool': 220,
  '@proc/process': 40,
  '@proc/testing': 300,
  '@proc/workers': 470,
};

/** Entry points for what is an ES module itself, and can not be required. */
const ESM_ONLY = { '@proc/testing': ['vitest'] };

/** Direct runtime dependencies, peers included. */
const MOST_DEPENDENCIES = { '@proc/core': 4 };

/** Contents, publint and attw, on the tarballs themselves: one function for each of them. */
export function checksOfTarballs(checks, tarballs) {
  return Object.entries(tarballs).map(([name, tarball]) => async () => {
    await checks.check(`${name}: contents and size`, () => checkContents(name, tarball));
    await checks.check(`${name}: publint`, async () => {
      const { publint } = await import('publint');
      const { formatMessage } = await import('publint/utils');
      const { messages, pkg } = await publint({ pack: { tarball: buffer(tarball) }, strict: true });
      if (messages.length > 0) {
        throw new Error(
          messages.map((message) => formatMessage(message, pkg, { color: false })).join('\n'),
        );
      }
    });
    await checks.check(`${name}: attw`, () => checkResolution(name, tarball));
  });
}

/** In this process: TypeScript is loaded, and its libraries are parsed, once for all packages. */
async function checkResolution(name, tarball) {
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)), {
    excludeEntrypoints: ESM_ONLY[name],
  });
  if (!analysis.types) throw new Error('it has no types');
  if (analysis.problems.length > 0) {
    throw new Error(analysis.problems.map((problem) => JSON.stringify(problem)).join('\n'));
  }
  return Object.keys(analysis.entrypoints).join(', ');
}

function buffer(file) {
  const bytes = readFileSync(file);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

async function checkContents(name, tarball) {
  const directory = mkdtempSync(path.join(tmpdir(), 'contents-'));
  try {
    // GNU tar takes a drive letter for a host, so the path stays relative.
    const { stdout } = await runOk('tar', ['-tzf', path.basename(tarball)], {
      cwd: path.dirname(tarball),
    });
    const files = stdout.split(/\r?\n/).filter((line) => line !== '');
    for (const needed of [
      'package.json',
      'README.md',
      'LICENSE',
      'dist/index.js',
      'dist/index.d.ts',
      'src/index.ts',
    ]) {
      if (!files.includes(`package/${needed}`)) throw new Error(`${needed} is missing`);
    }
    const stray = files.filter((file) =>
      /\.tsbuildinfo$|\.test\.|\/(tests|node_modules|\.\w+)\//.test(file),
    );
    if (stray.length > 0) throw new Error(`does not belong there: ${stray.join(', ')}`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  const kib = statSync(tarball).size / 1024;
  const limit = TARBALL_KIB[name];
  if (limit === undefined || kib > limit)
    throw new Error(`${kib.toFixed(0)} KiB, the limit is ${limit}`);
  return `${kib.toFixed(0)} KiB of ${limit}`;
}

/** Budgets that the manifests alone can break. */
export async function checkManifests(checks) {
  for (const [name, limit] of Object.entries(MOST_DEPENDENCIES)) {
    await checks.check(`${name}: few direct dependencies`, () => {
      const { dependencies = {}, peerDependencies = {} } = packageManifests()[name];
      const names = [...new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies)])];
      if (names.length > limit)
        throw new Error(`${names.length}, the limit is ${limit}: ${names.join(', ')}`);
      return `${names.length} of ${limit}: ${names.join(', ')}`;
    });
  }
}
