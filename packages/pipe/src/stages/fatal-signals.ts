/** Signals that end a program unless it says otherwise; others mean nothing to a function. */
export const FATAL_SIGNALS: ReadonlySet<NodeJS.Signals> = new Set([
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGABRT',
  'SIGKILL',
  'SIGPIPE',
  'SIGALRM',
  'SIGTERM',
]);
