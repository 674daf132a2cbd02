import type { Command } from '../contracts/command.js';

/** Characters that mean nothing to a POSIX shell wherever they stand. */
const PLAIN = /^[\w@%+:,./-][\w@%+=:,./-]*$/;

/**
 * Words that POSIX shells, or the common ones among them, reserve (POSIX.1-2017, XCU 2.4), and that are {@link PLAIN}.
 */
const RESERVED = new Set(
  (
    'if then else elif fi do done case esac while until for in ' +
    'function select time coproc namespace repeat foreach end nocorrect'
  ).split(' '),
);

/** Quotes one argument for a POSIX shell; the result is a single word that means exactly `text`. */
export function quotePosix(text: string): string {
  if (PLAIN.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Quotes one argument by the rules of the Microsoft C runtime, which most Windows programs follow. */
export function quoteWindows(text: string): string {
  if (text !== '' && !/[\s"]/.test(text)) return text;
  // Backslashes are literal unless they stand before a quote; then each needs another.
  const escaped = text.replace(/(\\*)("|$)/g, (_, slashes: string, quote: string) =>
    quote === '"' ? `${slashes}${slashes}\\"` : `${slashes}${slashes}`,
  );
  return `"${escaped}"`;
}

/** Quotes one argument for the platform. */
export function quote(text: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? quoteWindows(text) : quotePosix(text);
}

/** A command as it would be typed: quoted where it has to be. */
export function commandLine(command: Command, platform?: NodeJS.Platform): string {
  if (command.kind === 'shell') return command.line;
  const args = command.args.map((word) => quote(word, platform));
  return [quoteFile(command.file, platform), ...args].join(' ');
}

/** A shell would take a first word such as `A=b` for an assignment, and `if` for the beginning of more. */
function quoteFile(file: string, platform: NodeJS.Platform = process.platform): string {
  const quoted = quote(file, platform);
  const special = quoted === file && (/^\w+=/.test(file) || RESERVED.has(file));
  return special && platform !== 'win32' ? `'${file}'` : quoted;
}

/** A command as its words joined by blanks, without quotes: the form in which patterns are usually written. */
export function plainCommandLine(command: Command): string {
  return command.kind === 'shell' ? command.line : [command.file, ...command.args].join(' ');
}
