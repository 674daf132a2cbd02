// Installs the packed packages into empty projects outside the repository and uses them there as people would:
// `node scripts/packed.mjs [--keep]`. Ends with `N passed, N failed`.
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Checks, inParallel } from './support/checks.mjs';
import { checkManifests, checksOfTarballs } from './packed/check-tarballs.mjs';
import { checkDiagnostics } from './packed/check-diagnostics.mjs';
import { checkEditor } from './packed/check-editor.mjs';
import { checkImportCost } from './packed/check-import-cost.mjs';
import { checksOfInversify } from './packed/check-inversify.mjs';
import { checkLoaders, installNodes } from './packed/check-loaders.mjs';
import { checksOfMatchers } from './packed/check-matchers.mjs';
import { checkRunners } from './packed/check-runners.mjs';
import { checkTypeScript } from './packed/check-typescript.mjs';
import { createProject, fixtures, install, installedVersions } from './packed/project.mjs';
import { tarballsFor } from './pack.mjs';

const TOOLS = ['typescript@6.0.3', '@types/node@20', 'jest@30', 'vitest@4'];

/** An installation waits for disks, and a test for programs: three of them keep two processors busy. */
const AT_ONCE = 3;
// The same as is installed below: types are checked in projects that have no compiler of their own, too.
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

const keep = process.argv.includes('--keep');
const directory = mkdtempSync(path.join(realpathSync(tmpdir()), 'packed-'));
const checks = new Checks();

async function main() {
  let tarballs;
  const packed = await checks.check('all packages are packed', async () => {
    tarballs = await tarballsFor(path.join(directory, 'tarballs'));
    return Object.keys(tarballs).join(', ');
  });
  if (!packed) return;

  const project = path.join(directory, 'project');
  const nodes = [process.execPath];
  let installed = false;
  await atOnce([
    async () => {
      installed = await installPackages(project, tarballs);
    },
    async () => void nodes.push(...(await installNodes(checks, path.join(directory, 'nodes')))),
    ...checksOfTarballs(checks, tarballs),
    () => checkManifests(checks),
  ]);
  if (!installed) return;
  const isShared = (file) => !file.startsWith(path.join(fixtures, 'matchers'));
  cpSync(fixtures, project, { recursive: true, filter: isShared });

  // With no other check at the same time: it measures.
  await checkImportCost(checks, project);
  await atOnce([
    // The first is the longest, and in this order: the tools come into the same project.
    async () => {
      await checkLoaders(checks, project, nodes);
      await installTools(project);
      await checkTypeScript(checks, project);
      await checkEditor(checks, project);
      await checkDiagnostics(checks, project);
      await checkRunners(checks, project);
    },
    ...checksOfMatchers(checks, { tarballs, directory, tsc }),
    ...checksOfInversify(checks, { tsc, tarballs, directory }),
  ]);
}

/** Works off independent parts, some at a time. */
function atOnce(parts) {
  return inParallel(parts, AT_ONCE, (part) => part());
}

function installPackages(project, tarballs) {
  const {
    '@proc/process': main,
    '@proc/testing': testing,
    '@proc/ipc-redis': redis,
    ...others
  } = tarballs;
  return checks.check('an empty project installs @proc/process without a warning', async () => {
    createProject(project, others);
    await install(project, [main], { silent: true });
    await install(project, [redis], { silent: true });
    await install(project, [testing], { dev: true, silent: true });
    const versions = await installedVersions(project, 'inversify');
    if (versions.length !== 1) throw new Error(`inversify is there as ${versions.join(' and ')}`);
    return `with one inversify, ${versions[0]}`;
  });
}

function installTools(project) {
  return checks.check('the tools of the further checks are installed', async () => {
    await install(project, TOOLS, { dev: true });
    return TOOLS.join(', ');
  });
}

try {
  await main();
} finally {
  if (keep) console.log(`kept: ${directory}`);
  else rmSync(directory, { recursive: true, force: true });
  checks.finish();
}
