/** Signals that end no process by default (signal(7)): ignored, or stopping and continuing it. */
const HARMLESS: ReadonlySet<NodeJS.Signals> = new Set<NodeJS.Signals>([
  'SIGCHLD',
  'SIGCONT',
  'SIGSTOP',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGURG',
  'SIGWINCH',
]);

/** Whether a signal ends a process that has no handler for it. */
export function terminates(signal: NodeJS.Signals): boolean {
  return !HARMLESS.has(signal);
}
