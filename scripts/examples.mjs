// Runs the examples as their readers would, each in a directory of its own outside the repository, with the packed
// packages: `node scripts/examples.mjs [name…] [--tarballs <directory>]`. Ends with `N passed, N failed`.
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { tarballsFor } from './pack.mjs';
import { Checks, inParallel } from './support/checks.mjs';
import { runOk } from './support/run.mjs';

const examples = fileURLToPath(new URL('../examples', import.meta.url));
/** An installation waits for disks, and a test for programs: three of them keep two processors busy. */
const AT_ONCE = 3;
/** Takes longer than any other, so it begins first. */
const LONGEST = 'env-driver';
const INSTALL = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tarballs: { type: 'string' } },
});

const directory = mkdtempSync(path.join(realpathSync(tmpdir()), 'examples-'));
const checks = new Checks();

async function main() {
  let tarballs;
  const packed = await checks.check('the packages are packed', async () => {
    tarballs = await tarballsFor(path.join(directory, 'tarballs'), values.tarballs);
  });
  if (!packed) return;
  const names = positionals.length > 0 ? positionals : readdirSync(examples).sort();
  const inOrder = [...names].sort((a, b) => Number(b === LONGEST) - Number(a === LONGEST));
  await inParallel(inOrder, AT_ONCE, (name) =>
    checks.check(name, () => runExample(name, tarballs)),
  );
}

async function runExample(name, tarballs) {
  const project = path.join(directory, name);
  cpSync(path.join(examples, name), project, {
    recursive: true,
    filter: (source) => !['node_modules', 'dist'].includes(path.basename(source)),
  });
  useTarballs(path.join(project, 'package.json'), tarballs);
  await runOk('npm', INSTALL, { cwd: project });
  await runOk('npm', ['test'], { cwd: project });
}

/** Lets the tarballs stand in for the registry, also where one package needs another. */
function useTarballs(file, tarballs) {
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  manifest.overrides = {};
  for (const [name, tarball] of Object.entries(tarballs)) {
    const url = pathToFileURL(tarball).href;
    manifest.overrides[name] = url;
    for (const field of ['dependencies', 'devDependencies']) {
      if (manifest[field]?.[name] !== undefined) manifest[field][name] = url;
    }
  }
  writeFileSync(file, JSON.stringify(manifest, null, 2));
}

try {
  await main();
} finally {
  rmSync(directory, { recursive: true, force: true });
  checks.finish();
}
