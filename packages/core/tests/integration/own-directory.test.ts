import { describe, expect, it, jest } from '@jest/globals';
import { startApplication } from '../support/application.js';
import { testedDrivers } from '../support/drivers.js';
import { leftOut } from '../support/left-out.js';

jest.setTimeout(60_000);

/** Removes its own working directory, and prints how runs end then. */
const code = (before: string): string => `
  const fs = require('node:fs');
  const { join } = require('node:path');
  await manager.run('true');
  // Node asks the system for it at the first question only.
  process.chdir(fs.mkdtempSync(join(require('node:os').tmpdir(), 'removed-')));
  ${before}
  fs.rmdirSync('../' + require('node:path').basename(fs.readlinkSync('/proc/self/cwd')));
  const ending = async (pending) => {
    const end = await pending.run().then((result) => result.stdout.trim(), (error) => error);
    console.log(typeof end === 'string' ? end : end.code + ' ' + end.message);
  };
  await ending(manager.command(['pwd']));
  await ending(manager.command(['pwd']).mergeStderr());
  await ending(manager.command('pwd | cat'));
  await ending(manager.command(['./pwd']));
  await ending(manager.command(['pwd']).path('.'));
  await ending(manager.command(['pwd']).path('/'));
  process.chdir('/');
  await ending(manager.command(['pwd']));
  await app.shutdown();`;

const onLinux = process.platform === 'linux' ? describe : describe.skip;
if (onLinux !== describe) leftOut('only on Linux a working directory can be removed');

onLinux.each(testedDrivers)(
  'in a working directory that has been removed (driver %s)',
  (driver) => {
    it.each([
      ['unknown', ''],
      ['known', 'process.cwd();'],
    ])('a start is a typed error, and works elsewhere (its name is %s)', async (_, before) => {
      const printed = await startApplication(driver, code(before)).printed;
      const lines = printed.trim().split('\n');
      for (const line of lines.slice(0, 5)) {
        expect(line).toMatch(/^ERR_PROC_WORKING_DIRECTORY The command .* does not exist/);
      }
      expect(lines.slice(5).filter((line) => !line.startsWith('Working directory'))).toEqual([
        '/',
        '/',
      ]);
    });
  },
);
