import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, runOk } from '../support/run.mjs';
import { createProject, fixtures, install } from './project.mjs';

const bin = (name) => path.join('node_modules', ...name);
const jest = [bin(['jest', 'bin', 'jest.js']), '--ci'];
const vitest = [bin(['vitest', 'vitest.mjs']), 'run'];
const nodeTest = ['--test', '--test-reporter', 'tap'];

/**
 * How each runner is called. `types` takes the place of the import in the program that is type-checked.
 */
const RUNNERS = {
  jest: {
    types: { code: `import '@proc/testing/jest';`, globals: ['node', 'jest'] },
    passing: { 'CommonJS, no flags': [...jest, 'jest/passing'] },
    failing: (name) => [...jest, `jest/failing/${name}`],
  },
  'jest-globals': {
    types: {
      code: `import { expect } from '@jest/globals';\nimport '@proc/testing/jest-globals';`,
    },
    passing: {
      'no globals': [...jest, '--injectGlobals=false', 'jest-globals/passing'],
    },
    failing: (name) => [...jest, `jest-globals/failing/${name}`],
  },
  vitest: {
    types: {
      code: `import { expect } from 'vitest';\nimport '@proc/testing/vitest';`,
      globalCode: `import '@proc/testing/vitest';`,
      globals: ['node', 'vitest/globals'],
    },
    passing: {
      'by import': [...vitest, '--dir', 'vitest/passing'],
      globals: [...vitest, '--globals', '--dir', 'vitest/globals'],
    },
    failing: (name) => [...vitest, '--dir', 'vitest/failing', name],
  },
  node: {
    types: { code: `import { expect } from '@proc/testing/node';` },
    passing: { '': [...nodeTest, 'node/passing/matchers.test.mjs'] },
    failing: (name) => [...nodeTest, `node/failing/${name}.test.mjs`],
  },
};

/** Projects with one runner and no other; what a project says of its modules, where it says anything. */
const PROJECTS = [
  {
    name: 'jest',
    packages: ['jest@30', '@types/jest@30', '@types/node@20'],
    runners: ['jest', 'jest-globals'],
  },
  { name: 'vitest', packages: ['vitest@4', '@types/node@20'], type: 'module', runners: ['vitest'] },
  { name: 'node:test', packages: ['@types/node@20'], runners: ['node'] },
];

/**
 * The matchers in each runner, with no other one installed: at run time, when they are to fail, and their types. One
 * function for each project.
 */
export function checksOfMatchers(checks, { tarballs, directory, tsc }) {
  const { '@proc/process': main, '@proc/testing': testing, ...others } = tarballs;
  return PROJECTS.map(({ name, packages, type, runners }) => async () => {
    const project = path.join(directory, `matchers-${runners[0]}`);
    const installed = await checks.check(`matchers: a project with ${name} alone`, async () => {
      createProject(project, others, type);
      await install(project, [main, testing, ...packages], { dev: true });
      for (const part of [...runners, 'every-matcher.cjs']) {
        cpSync(path.join(fixtures, 'matchers', part), path.join(project, part), {
          recursive: true,
        });
      }
    });
    if (!installed) return;
    for (const runner of runners) {
      await checkRunner(checks, runner, RUNNERS[runner], { project, tsc });
    }
  });
}

async function checkRunner(checks, name, runner, { project, tsc }) {
  for (const [mode, args] of Object.entries(runner.passing)) {
    await checks.check(`matchers, ${name}: run-time${mode && `, ${mode}`}`, async () => {
      const { output } = await runOk(process.execPath, args, { cwd: project });
      return /(?:Tests:? +|^# pass )(.*)$/m.exec(output)?.[1];
    });
  }
  await checks.check(`matchers, ${name}: a swallowed stray fails the test`, async () => {
    const output = await failureOf(runner.failing('stray'), project);
    requireText(output, ['Attempted process [rm -r build]', "Process.fake({ 'rm -r build'"]);
  });
  await checks.check(`matchers, ${name}: what is left is named, and ended`, async () => {
    const output = await failureOf(runner.failing('leftovers'), project);
    requireText(output, [
      "node -e 'setInterval(Date, 4321)'",
      'sleep 4321, left in the background',
    ]);
    const pids = [...output.matchAll(/pid (\d+):/g)].map(([, pid]) => Number(pid));
    const alive = [];
    for (const pid of pids) if (await isAlive(pid)) alive.push(pid);
    if (pids.length < 2 || alive.length > 0) throw new Error(`${pids}, of them alive: ${alive}`);
  });
  const { code, globalCode, globals } = runner.types;
  await checks.check(`matchers, ${name}: types`, async () => {
    await checkTypes({ project, tsc }, code, globalCode === undefined ? globals : undefined);
  });
  if (globalCode === undefined) return;
  await checks.check(`matchers, ${name}: types of the globals`, async () => {
    await checkTypes({ project, tsc }, globalCode, globals);
  });
}

/** `moduleResolution: nodenext`, the declarations of all libraries included. */
async function checkTypes({ project, tsc }, code, types = ['node']) {
  const program = readFileSync(path.join(fixtures, 'matchers', 'types.ts'), 'utf8');
  const file = path.join(project, 'types.ts');
  writeFileSync(file, program.replace(`import { expect } from 'the runner';`, code));
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext'];
  const libraries = [
    '--lib',
    'es2023,esnext.disposable',
    '--skipLibCheck',
    '--types',
    types.join(),
  ];
  const args = [tsc, ...options, ...libraries, '--pretty', 'false', 'types.ts'];
  await runOk(process.execPath, args, { cwd: project });
}

async function failureOf(args, cwd) {
  const { code, output, timedOut } = await run(process.execPath, args, { cwd, timeoutMs: 60_000 });
  if (timedOut) throw new Error(`it did not end:\n${output}`);
  if (code === 0) throw new Error(`it passed:\n${output}`);
  return output;
}

function requireText(output, texts) {
  for (const text of texts) {
    if (!output.includes(text)) throw new Error(`without "${text}":\n${output}`);
  }
}

/** Whether there is such a process; nobody may be there to reap what was orphaned, so zombies do not count. */
async function isAlive(pid) {
  const { stdout } = await run('ps', ['-o', 'state=', '-p', String(pid)]);
  return /^[^Z\s]/.test(stdout.trim());
}
