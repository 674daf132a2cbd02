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

/** A command as given: a line, or a program followed by its arguments. */
export type CommandInput = string | readonly string[];
