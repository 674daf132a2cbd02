import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const descriptors = (names) => names.map((name) => ({ name, kind: 'package' }));

export const importTime = {
  name: 'import',
  title: 'Import time, from files that the system has in memory',
  contenders: descriptors(['@proc/process', '@proc/core', 'execa', 'tinyexec', 'nano-spawn', 'zx']),
  reference: 'execa',
  rounds: 7,
  size: { full: {}, quick: {} },
  figures: ['wallMs', 'peakMb'],
  async measure({ contender: { name } }) {
    const start = performance.now();
    // Its decorators need it; an application imports it first.
    if (name === '@proc/core') await import('reflect-metadata');
    await import(name);
    return { wallMs: performance.now() - start, peakMb: process.resourceUsage().maxRSS / 1024 };
  },
  goals: [],
  losing:
    'Most of it is the container for dependency injection. execa is not loaded before the first start.',
};

export const installSize = {
  name: 'size',
  title: 'Install size, with all that it needs',
  contenders: descriptors(['@proc/process', 'execa', 'tinyexec', 'nano-spawn', 'zx']),
  reference: 'execa',
  rounds: 1,
  size: { full: {}, quick: {} },
  figure: 'kb',
  figures: ['kb', 'packages'],
  async measure({ contender: { name } }) {
    const sizes = new Map();
    const here = fileURLToPath(new URL('..', import.meta.url));
    add(name, here, sizes);
    const kb = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) / 1024;
    return { kb, packages: sizes.size };
  },
  goals: [],
  losing:
    'It brings pools, pipelines, events and a container for dependency injection, as well as its sources for debuggers.',
};

/** A package and its dependencies, each counted once. */
function add(name, from, sizes) {
  const folder = folderOf(name, from);
  if (sizes.has(folder)) return;
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const shipped = name.startsWith('@proc/')
    ? [
        ...manifest.files.filter((entry) => !entry.startsWith('!')),
        'package.json',
        'README.md',
        'LICENSE',
      ]
    : ['.'];
  sizes.set(
    folder,
    shipped.reduce((sum, entry) => sum + bytesOf(path.join(folder, entry)), 0),
  );
  for (const needed of Object.keys(manifest.dependencies ?? {})) add(needed, folder, sizes);
}

function folderOf(name, from) {
  const places = createRequire(path.join(from, 'package.json')).resolve.paths(name);
  const found = places.map((place) => path.join(place, name)).find((place) => existsSync(place));
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
}

function bytesOf(entry) {
  const stats = statSync(entry);
  if (!stats.isDirectory()) return entry.endsWith('.tsbuildinfo') ? 0 : stats.size;
  return readdirSync(entry)
    .filter((name) => name !== 'node_modules')
    .reduce((sum, name) => sum + bytesOf(path.join(entry, name)), 0);
}
