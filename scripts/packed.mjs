// Installs the packed packages into empty projects outside the repository and uses them there as people would:
// `node scripts/packed.mjs [--keep]`. Ends with `N passed, N failed`.
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Checks } from './support/checks.mjs';
import { checkManifests, checkTarballs } from './packed/check-tarballs.mjs';
import { checkImportCost } from './packed/check-import-cost.mjs';
import { checkInversify } from './packed/check-inversify.mjs';
import { checkLoaders, installNodes } from './packed/check-loaders.mjs';
import { checkMatchers } from './packed/check-matchers.mjs';
import { checkRunners } from './packed/check-runners.mjs';
import { checkTypeScript } from './packed/check-typescript.mjs';
import { createProject, fixtures, install, installedVersions } from './packed/project.mjs';
import { packAll } from './pack.mjs';

const TOOLS = ['typescript@6.0.3', '@types/node@20', 'jest@30', 'vitest@4'];

const keep = process.argv.includes('--keep');
const directory = mkdtempSync(path.join(realpathSync(tmpdir()), 'packed-'));
const checks = new Checks();

async function main() {
  let tarballs;
  const packed = await checks.check('all packages are packed', async () => {
    tarballs = await packAll(path.join(directory, 'tarballs'));
    return Object.keys(tarballs).join(', ');
  });
  if (!packed) return;

  await checkTarballs(checks, tarballs);
  await checkManifests(checks);

  const project = path.join(directory, 'project');
  const { '@proc/process': main, '@proc/testing': testing, ...others } = tarballs;
  const installed = await checks.check(
    'an empty project installs @proc/process without a warning',
    async () => {
      createProject(project, others);
      await install(project, [main], { silent: true });
      await install(project, [testing], { dev: true, silent: true });
      const versions = await installedVersions(project, 'inversify');
      if (versions.length !== 1) throw new Error(`inversify is there as ${versions.join(' and ')}`);
      return `with one inversify, ${versions[0]}`;
    },
  );
  if (!installed) return;
  const isShared = (file) => !file.startsWith(path.join(fixtures, 'matchers'));
  cpSync(fixtures, project, { recursive: true, filter: isShared });

  await checkImportCost(checks, project);
  const nodes = [process.execPath, ...(await installNodes(checks, path.join(directory, 'nodes')))];
  await checkLoaders(checks, project, nodes);

  await checks.check('the tools of the further checks are installed', async () => {
    await install(project, TOOLS, { dev: true });
    return TOOLS.join(', ');
  });
  await checkTypeScript(checks, project);
  await checkInversify(checks, { project, tarballs, directory });
  await checkRunners(checks, project);
  const tsc = path.join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  await checkMatchers(checks, { tarballs, directory, tsc });
}

try {
  await main();
} finally {
  if (keep) console.log(`kept: ${directory}`);
  else rmSync(directory, { recursive: true, force: true });
  checks.finish();
}
