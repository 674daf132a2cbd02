import type { LaunchSpec, ProcessExit, ProcessHandle } from '@proc/core';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { FakeChild } from '../../fakes/fake-program.js';

const UNAVOIDABLE: ReadonlySet<string> = new Set(['SIGKILL', 'SIGSTOP']);

/** Starts a process in the place of one that was to be replayed, and has got its whole input. */
export async function runInstead(
  start: (launch: LaunchSpec) => Promise<ProcessHandle>,
  child: FakeChild,
  input: Buffer,
): Promise<ProcessExit> {
  const handle = await start(child.launch);
  for (const name of Object.keys(constants.signals) as NodeJS.Signals[]) {
    if (!UNAVOIDABLE.has(name)) child.onSignal(name, () => void handle.signal(name));
  }
  child.signal.addEventListener('abort', () => void handle.signal('SIGKILL'));
  if (child.signal.aborted) handle.signal('SIGKILL');
  handle.stdin?.on('error', () => undefined).end(input);
  const [exit] = await Promise.all([
    handle.exited,
    copy(handle.stdout, (bytes) => child.write('out', bytes)),
    copy(handle.stderr, (bytes) => child.write('err', bytes)),
  ]);
  return exit;
}

async function copy(
  source: Readable | null,
  write: (bytes: Buffer) => Promise<void>,
): Promise<void> {
  if (source === null) return;
  // One by one, so that a slow reader holds the process back.
  for await (const chunk of source) await write(chunk as Buffer);
}
