import { commandLine } from '../command/quote.js';
import type { ProcessManager } from '../contracts/process-manager.js';
import { groupMembers } from '../drivers/group-members.js';
import type { ManagedProcess } from '../process/managed-process.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { leftoversInUse, type Leftover, type Leftovers } from '../termination/leftovers.js';
import { runningProcesses } from './process-registry.js';

/** A process that is still there: one that was started and runs, or one that such a one has left in its group. */
export interface Remains {
  readonly pid: number | undefined;
  /** Without secrets. */
  readonly command: string;
  /** The command, ended by now, that has left it in the background; `undefined` for one that was started itself. */
  readonly leftBy: string | undefined;
  /** No process of this system: a fake. */
  readonly virtual: boolean;
}

const leftoversOf = new WeakMap<ProcessManager, Leftovers>();

export function knowLeftovers(manager: ProcessManager, leftovers: Leftovers): void {
  leftoversOf.set(manager, leftovers);
}

/**
 * What is left of what a manager has started, or all managers have. What was detached, or meant to be left
 * (`orphans: 'leave'`), does not count.
 */
export function remainsOf(manager?: ProcessManager): readonly Remains[] {
  return [
    ...runningOf(manager).map(({ pid, command, virtual }) => ({
      ...{ pid, command, virtual, leftBy: undefined },
    })),
    ...backgroundsOf(manager).flatMap((leftovers) => leftovers.alive.flatMap(restOfGroup)),
  ];
}

/**
 * Ends all of {@link remainsOf}: SIGTERM, then SIGKILL after the grace. Resolves when they have gone; never rejects.
 */
export async function endRemains(manager?: ProcessManager): Promise<void> {
  await Promise.all(runningOf(manager).map((process) => process.stop()));
  await Promise.all(backgroundsOf(manager).map((leftovers) => leftovers.endAll()));
}

function runningOf(manager: ProcessManager | undefined): readonly ManagedProcess[] {
  const own = manager && new Set<unknown>(manager.activeProcesses);
  return [...runningProcesses].filter(
    (process) => !process.detached && (own?.has(process) ?? true),
  );
}

function backgroundsOf(manager: ProcessManager | undefined): readonly Leftovers[] {
  if (manager === undefined) return [...leftoversInUse];
  const own = leftoversOf.get(manager);
  return own === undefined ? [] : [own];
}

function restOfGroup({ handle, spec }: Leftover): Remains[] {
  const leftBy = commandLine(spec.command);
  const virtual = handle.virtual === true;
  const members = virtual || handle.pid === undefined ? [] : groupMembers(handle.pid);
  // Where the system does not name them, the group has to stand for them.
  if (members.length === 0) return [{ pid: handle.pid, command: leftBy, leftBy, virtual }];
  const secrets = secretsOf(spec);
  return members.map(({ pid, command }) => ({
    ...{ pid, leftBy, virtual },
    command: secrets.redact(command),
  }));
}
