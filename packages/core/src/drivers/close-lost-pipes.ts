import type { ChildProcess } from 'node:child_process';
import { probe } from '../kernel/probe.js';

/** What of a `ChildProcess` no types tell: how Node spawns it, and what it makes of the streams that are asked for. */
interface Spawned {
  spawn?: (options: { readonly stdio?: unknown }) => unknown;
  readonly stdio?: unknown;
}
interface MadeStream {
  readonly type?: unknown;
  readonly handle?: { close?: () => void };
}

/**
 * Closes the pipes of a child that is about to be spawned, where it can not be for want of descriptors: Node makes them
 * first, and then returns without them (`lib/internal/child_process.js`, at EMFILE and ENFILE), so that they would stay
 * open for good. Nobody else can reach them; where another Node has no such place, it does nothing.
 */
export function closeLostPipes(child: ChildProcess): void {
  const own = child as unknown as Spawned;
  const { spawn } = own;
  if (typeof spawn !== 'function') return;
  own.spawn = (options) => {
    Reflect.deleteProperty(own, 'spawn');
    const failure: unknown = Reflect.apply(spawn, child, [options]);
    // Whatever has become streams is closed with them.
    if (typeof failure === 'number' && failure !== 0 && own.stdio === undefined) {
      probe(() => {
        closePipes(options.stdio);
      });
    }
    return failure;
  };
}

function closePipes(stdio: unknown): void {
  if (!Array.isArray(stdio)) return;
  for (const { type, handle } of stdio as readonly MadeStream[]) {
    if (type === 'pipe' || type === 'overlapped') handle?.close?.();
  }
}
