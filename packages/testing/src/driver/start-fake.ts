import type { LaunchSpec, ProcessHandle } from '@proc/core';
import type { FakeHandler } from '../fakes/fake-handler.js';
import { resolveFake } from '../fakes/resolve-fake.js';
import { startInTurn } from './breath.js';
import { FakeProcess } from './fake-process.js';
import { fakeStartError } from './fake-start-error.js';

/** Is told of every fake process once it runs. */
export type FakeObserver = (launch: LaunchSpec, process: FakeProcess) => void;

/** Starts the fake that a handler decides on. */
export async function startFake(
  handler: FakeHandler,
  launch: LaunchSpec,
  onStart: FakeObserver | undefined,
): Promise<ProcessHandle> {
  await startInTurn();
  const script = await resolveFake(handler, launch).catch((error: unknown) => {
    throw fakeStartError(error, launch);
  });
  if (script.startError !== undefined) throw fakeStartError(script.startError, launch);
  const process = new FakeProcess(launch, script);
  onStart?.(launch, process);
  return process;
}
