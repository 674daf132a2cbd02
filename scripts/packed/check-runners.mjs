import path from 'node:path';
import { plainEnvironment, run, runOk } from '../support/run.mjs';

/** Test runners as they come: no flags, no transform, no configuration. */
export async function checkRunners(checks, project) {
  await checks.check('stock Jest: fakes, pools, pipelines and the node driver', async () => {
    const { output } = await runOk('npx', ['--no-install', 'jest', 'jest', '--ci'], {
      cwd: project,
    });
    return summary(output, /^Tests: +(.*)$/m);
  });
  await checks.check('stock Jest: PROC_DRIVER=node makes the facade work', async () => {
    const env = plainEnvironment({ PROC_DRIVER: 'node' });
    const { output } = await runOk('npx', ['--no-install', 'jest', 'environment', '--ci'], {
      cwd: project,
      env,
    });
    return summary(output, /^Tests: +(.*)$/m);
  });
  await checks.check(
    'stock Jest: a wrong assertion fails the test and names what ran',
    async () => {
      const { code, output } = await run(
        'npx',
        ['--no-install', 'jest', '--ci', '--testMatch', '**/failing.js'],
        {
          cwd: path.join(project, 'jest-failing'),
        },
      );
      if (code === 0) throw new Error('the test passed');
      if (!output.includes('git status')) throw new Error(output);
    },
  );
  await checks.check('Vitest', async () => {
    const { output } = await runOk('npx', ['--no-install', 'vitest', 'run', '--dir', 'vitest'], {
      cwd: project,
    });
    return summary(output, /Tests +(.*)$/m);
  });
  await checks.check('node:test', async () => {
    const files = ['fakes', 'fake-timers'].map((name) =>
      path.join('node-test', `${name}.test.mjs`),
    );
    const { output } = await runOk(
      process.execPath,
      ['--test', '--test-reporter', 'tap', ...files],
      {
        cwd: project,
      },
    );
    return summary(output, /^# pass (\d+)$/m);
  });
}

function summary(output, pattern) {
  return pattern.exec(output)?.[1];
}
