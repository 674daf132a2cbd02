import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LaunchSpec } from '../../../src/contracts/process-driver.js';
import { directLaunch } from '../../../src/drivers/local-launch.js';
import { refuseBatchFile } from '../../../src/drivers/refuse-batch-file.js';
import { NotExecutableError } from '../../../src/errors/not-executable-error.js';
import { resolveLaunch } from '../../../src/launch/resolve-launch.js';
import { makeSpec } from '../../support/spec.js';

describe('what is started on this machine', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'local-launch-'));
    mkdirSync(join(directory, 'bin'));
    for (const name of ['planted', 'bin/tool']) {
      writeFileSync(join(directory, name), '#!/bin/sh\n', { mode: 0o755 });
    }
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  const launchOf = (file: string, env: Record<string, string>): LaunchSpec => ({
    ...resolveLaunch(makeSpec({ command: [file, 'argument'], cwd: directory })),
    env,
  });

  it('leaves the search to the system where PATH has no relative part', () => {
    const launch = launchOf('tool', { PATH: '/bin' });
    expect(directLaunch(launch, 'linux')).toMatchObject({ file: 'tool', args: ['argument'] });
  });

  it('starts what is in an absolute part of PATH, under its own name, where there are others', () => {
    const launch = launchOf('tool', { PATH: `.:${directory}/bin` });
    expect(directLaunch(launch, 'linux')).toMatchObject({
      file: join(directory, 'bin/tool'),
      argv0: 'tool',
    });
  });

  it.each(['.', '', 'bin', ':/not/there'])(
    'does not start what was planted in the working directory by the PATH "%s"',
    (PATH) => {
      for (const file of ['planted', 'tool']) {
        expect(() => directLaunch(launchOf(file, { PATH }), 'linux')).toThrow(
          expect.objectContaining({ code: 'ENOENT' }),
        );
      }
    },
  );

  it('does not let Windows look in the working directory', () => {
    expect(() => directLaunch(launchOf('planted', { Path: 'C:\\bin' }), 'win32')).toThrow(
      expect.objectContaining({ code: 'ENOENT' }),
    );
  });
});

describe('refuseBatchFile', () => {
  const launch = resolveLaunch(makeSpec());

  it.each(['C:\\npm\\tsc.cmd', 'C:\\x.BAT'])('refuses %s and says what to do', (file) => {
    let error: unknown;
    try {
      refuseBatchFile(launch, file, 'win32');
    } catch (thrown) {
      error = thrown;
    }
    expect(NotExecutableError.is(error)).toBe(true);
    expect((error as Error).message).toMatch(/is a batch file.*"execa".*shell\(\)/s);
  });

  it('minds only batch files, and only Windows', () => {
    expect(() => refuseBatchFile(launch, 'C:\\x.exe', 'win32')).not.toThrow();
    expect(() => refuseBatchFile(launch, '/opt/x.cmd', 'linux')).not.toThrow();
  });
});
