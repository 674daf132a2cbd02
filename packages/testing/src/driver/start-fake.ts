import type { Clock, LaunchSpec, ProcessHandle } from '@proc/core';
import type { FakeHandler } from '../fakes/fake-handler.js';
import { resolveFake } from '../fakes/resolve-fake.js';
import { startInTurn } from './breath.js';
import { FakeProcess } from './fake-process.js';
import { fakeStartError } from './fake-start-error.js';

/** Is told of every fake process once it runs. */
export type FakeObserver = (launch: LaunchSpec, process: FakeProcess) => void;

/** What a fake starts in. */
export interface FakeSurroundings {
  readonly clock: Clock | undefined;
  readonly onStart: FakeObserver | undefined;
}

/** Starts the fake that a handler decides on. */
export async function startFake(
  handler: FakeHandler,
  launch: LaunchSpec,
  { clock, onStart }: FakeSurroundings,
): Promise<ProcessHandle> {
  await startInTurn();
  const script = await resolveFake(handler, launch).catch((error: unknown) => {
    throw fakeStartError(error, launch);
  });
  if (script.startError !== undefined) throw fakeStartError(script.startError, launch);
  const process = new FakeProcess(launch, script, clock);
  onStart?.(launch, process);
  return process;
}
