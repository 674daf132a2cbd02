import type { ProcessSnapshot } from '../contracts/running-process.js';
import { Roster } from '../kernel/roster.js';
import type { ManagedProcess } from '../process/managed-process.js';

/** Finished processes that are remembered. */
const REMEMBERED = 1000;

/** Those of all managers that run. */
export const runningProcesses = new Roster<ManagedProcess>();

/** The processes of one manager: those that run, and the last that have finished. */
export class ProcessRegistry {
  readonly #running = new Roster<ManagedProcess>();
  readonly #finished = new Map<string, ProcessSnapshot>();

  add(process: ManagedProcess): void {
    const leave = this.#running.enter(process, process.id);
    const leaveAll = runningProcesses.enter(process);
    void process.settled.then(() => {
      leave();
      leaveAll();
      this.#finished.set(process.id, process.snapshot());
      const [oldest] = this.#finished.keys();
      if (this.#finished.size > REMEMBERED && oldest !== undefined) this.#finished.delete(oldest);
    });
  }

  get running(): readonly ManagedProcess[] {
    return [...this.#running];
  }

  get(id: string): ManagedProcess | undefined {
    return this.#running.get(id);
  }

  find(id: string): ProcessSnapshot | undefined {
    return this.#finished.get(id) ?? this.get(id)?.snapshot();
  }

  list(): readonly ProcessSnapshot[] {
    const running = this.running.map((process) => process.snapshot());
    return [...this.#finished.values(), ...running];
  }

  forgetFinished(): number {
    const { size } = this.#finished;
    this.#finished.clear();
    return size;
  }
}
