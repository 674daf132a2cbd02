/** A running subscription to signals of this process. */
export interface SignalListening {
  stop(): void;
}

/**
 * Runs `onSignal` at the first of the signals, then sends that signal to this process again without a listener, so
 * that its parent sees the true cause of death. A second signal while `onSignal` runs does so at once.
 */
export function listenForSignals(
  onSignal: () => Promise<void>,
  signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'],
): SignalListening {
  let shuttingDown = false;
  const stop = (): void => {
    for (const signal of signals) process.off(signal, listener);
  };
  const die = (signal: NodeJS.Signals): void => {
    stop();
    process.kill(process.pid, signal);
  };
  const listener = (signal: NodeJS.Signals): void => {
    if (shuttingDown) {
      die(signal);
      return;
    }
    shuttingDown = true;
    onSignal()
      .catch((error: unknown) => {
        process.emitWarning(`Shutdown failed: ${String(error)}`);
      })
      .finally(() => {
        die(signal);
      });
  };
  for (const signal of signals) process.on(signal, listener);
  return { stop };
}
