import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Node announces every `ChildProcess` on this channel as it is made. */
const CHANNEL = 'child_process';

/** Calls a function that spawns one child, and hears of that child before it is spawned. */
export function hearOfChild<Result>(
  spawn: () => Result,
  hear: (child: ChildProcess) => void,
): Result {
  const note = (message: unknown): void => {
    hear((message as { readonly process: ChildProcess }).process);
  };
  subscribe(CHANNEL, note);
  try {
    return spawn();
  } finally {
    unsubscribe(CHANNEL, note);
  }
}
