import { signalNumber } from '../termination/signals.js';

/** Meanings that shells and the C library's `sysexits.h` give to exit codes. */
const EXIT_CODES: Readonly<Record<number, string>> = {
  0: 'OK',
  1: 'General error',
  2: 'Misuse of shell builtins',
  64: 'Command line usage error',
  65: 'Data format error',
  66: 'Cannot open input',
  69: 'Service unavailable',
  70: 'Internal software error',
  71: 'System error',
  73: 'Cannot create output file',
  74: 'Input/output error',
  75: 'Temporary failure',
  77: 'Permission denied',
  78: 'Configuration error',
  126: 'Invoked command cannot execute',
  127: 'Command not found',
  128: 'Invalid exit argument',
};

const SIGNALS: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit and dump core',
  SIGILL: 'Illegal instruction',
  SIGTRAP: 'Trace/breakpoint trap',
  SIGABRT: 'Process aborted',
  SIGBUS: 'Bus error',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Kill (terminate immediately)',
  SIGUSR1: 'User-defined 1',
  SIGSEGV: 'Segmentation violation',
  SIGUSR2: 'User-defined 2',
  SIGPIPE: 'Write to pipe with no one reading',
  SIGALRM: 'Signal raised by alarm',
  SIGTERM: 'Termination (request to terminate)',
  SIGXCPU: 'CPU time limit exceeded',
  SIGXFSZ: 'File size limit exceeded',
};

/** A signal in words. */
export function signalText(signal: NodeJS.Signals): string {
  return SIGNALS[signal] ?? signal;
}

/** An ending in words: the exit code's meaning, or the signal's; codes above 128 are read as a shell's 128 + n. */
export function exitText(exitCode: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return signalText(signal);
  if (exitCode === null) return '';
  const known = EXIT_CODES[exitCode];
  if (known !== undefined) return known;
  for (const [name, text] of Object.entries(SIGNALS)) {
    if (signalNumber(name as NodeJS.Signals) === exitCode - 128) return text;
  }
  return 'Unknown error';
}
