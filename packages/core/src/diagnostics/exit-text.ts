import { signalNumber } from '../termination/signals.js';
import { exitCodeText } from './exit-codes.js';

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
  SIGSTKFLT: 'Stack fault',
  SIGCHLD: 'Child process terminated, stopped (or continued)',
  SIGCONT: 'Continue executing, if stopped',
  SIGSTOP: 'Stop executing temporarily',
  SIGTSTP: 'Terminal stop signal',
  SIGTTIN: 'Background process attempting to read from tty',
  SIGTTOU: 'Background process attempting to write to tty',
  SIGURG: 'Urgent data available on socket',
  SIGVTALRM: 'Virtual alarm clock',
  SIGPROF: 'Profiling timer expired',
  SIGIO: 'Input/output is possible',
  SIGSYS: 'Bad system call',
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
  const known = exitCodeText(exitCode);
  if (known !== undefined) return known;
  for (const [name, text] of Object.entries(SIGNALS)) {
    if (signalNumber(name as NodeJS.Signals) === exitCode - 128) return text;
  }
  return 'Unknown error';
}
