import type { ChildProcess } from 'node:child_process';

interface ChannelHandle {
  onread: (...data: unknown[]) => unknown;
}

/**
 * Lets a program that writes something else than messages to its channel break the channel only. Node parses what
 * arrives in the callback of its handle and catches nothing: one wrong byte would be an uncaught exception here.
 *
 * The handle can only be found by looking; where Node keeps it elsewhere, nothing is guarded.
 */
export function guardChannel(child: ChildProcess, onBroken: (fault: Error) => void): void {
  const handle = handleOf(child);
  if (handle === undefined) return;
  const read = handle.onread;
  handle.onread = (...data) => {
    try {
      return Reflect.apply(read, handle, data);
    } catch (error) {
      onBroken(error as Error);
      return undefined;
    }
  };
}

function handleOf(child: ChildProcess): ChannelHandle | undefined {
  return Object.getOwnPropertySymbols(child)
    .map((symbol) => (child as unknown as Record<symbol, unknown>)[symbol])
    .find((value): value is ChannelHandle => hasReader(value));
}

function hasReader(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'onread' in value &&
    typeof value.onread === 'function'
  );
}
