import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { quotePosix } from '../../src/command/quote.js';
import { applicationCommand } from '../support/application.js';
import { testedDrivers } from '../support/drivers.js';
import { leftOut } from '../support/left-out.js';

jest.setTimeout(60_000);

/** `script` of util-linux gives a program a terminal; that of other systems takes other options. */
function canMakeTerminals(): boolean {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
}

const here = canMakeTerminals() ? it : it.skip;
if (here !== it) leftOut("util-linux' script, which makes terminals, is not installed here");

describe.each(testedDrivers)('a process with the terminal (driver %s)', (driver) => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'terminal-'));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  /** What the application shows in its terminal, and the report that it writes. */
  const inTerminal = async (
    code: string,
    typed = '',
  ): Promise<{ screen: string; report: unknown }> => {
    const file = join(directory, 'report');
    const report = `const report = (value) => require('node:fs').writeFileSync(
      ${JSON.stringify(file)}, JSON.stringify(value));`;
    const line = applicationCommand(driver, report + code)
      .map(quotePosix)
      .join(' ');
    const child = spawn('script', ['-qec', line, '/dev/null'], {
      cwd: join(__dirname, '../..'),
      stdio: ['pipe', 'pipe', 'inherit'],
      timeout: 50_000,
    });
    child.stdin.write(typed);
    let screen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (screen += text));
    await once(child, 'close');
    return { screen, report: JSON.parse(readFileSync(file, 'utf8')) as unknown };
  };

  here.each(['true', "'auto'"])(
    'shows its output there by tty(%s), and ends with its exit code',
    async (on) => {
      const { screen, report } = await inTerminal(
        `const line = 'test -t 0 && test -t 1 && test -t 2 && echo on a terminal; exit 7';
       const process = await manager.command(['/bin/sh', '-c', line]).tty(${on}).start();
       const { exitCode, stdout, reason } = await process.wait();
       report([process.status(), exitCode, stdout, reason, process.stdout]);`,
      );
      expect(screen).toContain('on a terminal');
      expect(report).toEqual(['exited', 7, '', null, null]);
    },
  );

  here('reads what is typed, since the terminal talks to its group', async () => {
    const { screen, report } = await inTerminal(
      `const line = 'read x; echo "<$x>"';
       report((await manager.command(['/bin/sh', '-c', line]).tty().run()).exitCode);`,
      'typed\n',
    );
    expect(screen).toContain('<typed>');
    expect(report).toBe(0);
  });
});
