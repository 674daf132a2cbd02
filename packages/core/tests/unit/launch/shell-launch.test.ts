import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { invokeShell, type Invocation } from '../../../src/launch/shell-launch.js';

const invoke = (shell: string | null, platform: NodeJS.Platform): Invocation =>
  invokeShell({ kind: 'shell', line: 'a "b" | c', shell }, platform);

describe('invokeShell', () => {
  let comSpec: string | undefined;
  beforeEach(() => {
    comSpec = process.env['ComSpec'];
    delete process.env['ComSpec'];
  });
  afterEach(() => {
    if (comSpec !== undefined) process.env['ComSpec'] = comSpec;
    else delete process.env['ComSpec'];
  });

  it.each<[NodeJS.Platform, string]>([
    ['linux', '/bin/sh'],
    ['darwin', '/bin/sh'],
    ['android', '/system/bin/sh'],
  ])('uses the POSIX shell of %s', (platform, file) => {
    expect(invoke(null, platform)).toEqual({
      file,
      args: ['-c', 'a "b" | c'],
      verbatimArguments: false,
    });
  });

  it.each(['-x', '+x', '--'])('hands over a line that begins like an option: %s', (line) => {
    expect(invokeShell({ kind: 'shell', line, shell: null }, 'linux').args).toEqual([
      '-c',
      ` ${line}`,
    ]);
  });

  it('uses cmd.exe on Windows, with the line in outer quotes and otherwise as it is', () => {
    expect(invoke(null, 'win32')).toEqual({
      file: 'C:\\Windows\\System32\\cmd.exe',
      args: ['/d', '/s', '/c', '"a "b" | c"'],
      verbatimArguments: true,
    });
  });

  it('never looks for cmd.exe in the working directory', () => {
    process.env['ComSpec'] = 'cmd.exe';
    process.env['SystemRoot'] = 'D:\\WinNT';
    try {
      expect(invoke(null, 'win32').file).toBe('D:\\WinNT\\System32\\cmd.exe');
      process.env['SystemRoot'] = '.';
      expect(invoke(null, 'win32').file).toBe('C:\\Windows\\System32\\cmd.exe');
    } finally {
      delete process.env['SystemRoot'];
    }
  });

  it('uses the shell that ComSpec names on Windows', () => {
    process.env['ComSpec'] = 'C:\\Windows\\system32\\CMD.EXE';
    expect(invoke(null, 'win32')).toMatchObject({
      file: 'C:\\Windows\\system32\\CMD.EXE',
      args: ['/d', '/s', '/c', '"a "b" | c"'],
    });
  });

  it.each(['powershell', 'C:\\x\\PowerShell.exe', '/usr/bin/pwsh'])(
    'speaks to %s in its own way',
    (shell) => {
      expect(invoke(shell, 'linux')).toEqual({
        file: shell,
        args: ['-NoProfile', '-Command', 'a "b" | c'],
        verbatimArguments: false,
      });
    },
  );

  it.each(['/bin/bash', 'C:\\Git\\bin\\bash.exe', 'zsh', '/opt/cmdline'])(
    'takes %s for a POSIX shell',
    (shell) => {
      expect(invoke(shell, 'win32')).toEqual({
        file: shell,
        args: ['-c', 'a "b" | c'],
        verbatimArguments: false,
      });
    },
  );
});
