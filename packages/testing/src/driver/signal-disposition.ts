/** Signals that freeze a process (signal(7)), until SIGCONT. */
const FREEZING: ReadonlySet<NodeJS.Signals> = new Set<NodeJS.Signals>([
  'SIGSTOP',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
]);

/** Signals that do nothing by default. */
const HARMLESS: ReadonlySet<NodeJS.Signals> = new Set<NodeJS.Signals>([
  'SIGCHLD',
  'SIGCONT',
  'SIGURG',
  'SIGWINCH',
]);

/** Whether a signal ends a process that has no handler for it. */
export function terminates(signal: NodeJS.Signals): boolean {
  return !HARMLESS.has(signal) && !FREEZING.has(signal);
}

/** Whether a signal freezes a process that has no handler for it. */
export function freezes(signal: NodeJS.Signals): boolean {
  return FREEZING.has(signal);
}
