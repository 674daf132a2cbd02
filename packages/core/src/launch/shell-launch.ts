import { basename, win32 } from 'node:path';
import type { ShellCommand } from '../contracts/command.js';
import { windowsSystemProgram } from './windows-system-program.js';

/** A program and its arguments, ready for the operating system. */
export interface Invocation {
  readonly file: string;
  readonly args: readonly string[];
  readonly verbatimArguments: boolean;
}

/** The invocation of a shell for a line. */
export function invokeShell(
  command: ShellCommand,
  platform: NodeJS.Platform = process.platform,
): Invocation {
  const shell = command.shell ?? defaultShell(platform);
  const name = basename(shell.replaceAll('\\', '/')).toLowerCase();
  if (/^cmd(\.exe)?$/.test(name)) {
    // /s strips exactly the outer quotes, so the line reaches cmd.exe as it is.
    return { file: shell, args: ['/d', '/s', '/c', `"${command.line}"`], verbatimArguments: true };
  }
  if (/^(powershell|pwsh)(\.exe)?$/.test(name)) {
    return {
      file: shell,
      args: ['-NoProfile', '-Command', command.line],
      verbatimArguments: false,
    };
  }
  // After -c further options may follow, so a line must not look like one.
  const line = /^[-+]/.test(command.line) ? ` ${command.line}` : command.line;
  return { file: shell, args: ['-c', line], verbatimArguments: false };
}

/** Where a platform has its POSIX shell. */
export function posixShell(platform: NodeJS.Platform = process.platform): string {
  return platform === 'android' ? '/system/bin/sh' : '/bin/sh';
}

function defaultShell(platform: NodeJS.Platform): string {
  if (platform !== 'win32') return posixShell(platform);
  const named = process.env['ComSpec'];
  return named !== undefined && win32.isAbsolute(named) ? named : windowsSystemProgram('cmd.exe');
}
