import type { Secret } from '../redaction/secret.js';

/** A program and its arguments, handed to the operating system as they are: no shell reads them. */
export interface ArgvCommand {
  readonly kind: 'argv';
  readonly file: string;
  readonly args: readonly string[];
}

/** A line for a shell: `/bin/sh -c line` on POSIX, `cmd.exe /d /s /c line` on Windows, or the shell named. */
export interface ShellCommand {
  readonly kind: 'shell';
  readonly line: string;
  /** Path of the shell; `null` means the platform's own. */
  readonly shell: string | null;
}

/** What is to be run, after parsing. */
export type Command = ArgvCommand | ShellCommand;

/** A word of a command; a secret one reaches the program, and no text of ours. */
export type CommandWord = string | Secret;

/** A command as given: a line, or a program followed by its arguments. */
export type CommandInput = string | readonly CommandWord[];
