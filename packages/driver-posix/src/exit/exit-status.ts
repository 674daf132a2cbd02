import { constants } from 'node:os';
import type { ProcessExit } from '@proc/core';

const SIGNALS: ReadonlyMap<number, NodeJS.Signals> = new Map(
  Object.entries(constants.signals)
    // Of two names for one signal the first one is the usual one.
    .reverse()
    .map(([name, number]) => [number, name as NodeJS.Signals]),
);

/** What a program's end is called when nobody can tell: another part of this process has reaped it. */
export const LOST: ProcessExit = Object.freeze({ exitCode: -1, signal: null });

/** What a status of `waitpid(2)` says. */
export function exitOf(status: number): ProcessExit {
  const signal = status & 0x7f;
  if (signal === 0) return { exitCode: (status >> 8) & 0xff, signal: null };
  // Real-time signals have no names in Node.
  return { exitCode: null, signal: SIGNALS.get(signal) ?? (`SIG${signal}` as NodeJS.Signals) };
}
