import type { ProcessSnapshot } from '../contracts/running-process.js';
import { RingBuffer } from '../kernel/ring-buffer.js';
import { Roster } from '../kernel/roster.js';
import type { ManagedProcess } from '../process/managed-process.js';

/** Finished processes that are remembered. */
const REMEMBERED = 1000;

/** Those of all managers that run. */
export const runningProcesses = new Roster<ManagedProcess>();

/** The processes of one manager: those that run, and the last that have finished. */
export class ProcessRegistry {
  readonly #running = new Roster<ManagedProcess>();
  readonly #finished = new RingBuffer<ProcessSnapshot>(REMEMBERED);

  add(process: ManagedProcess): void {
    const leave = this.#running.enter(process, process.id);
    const leaveAll = runningProcesses.enter(process);
    void process.settled.then(() => {
      leave();
      leaveAll();
      this.#finished.add(process.snapshot());
    });
  }

  get running(): readonly ManagedProcess[] {
    return [...this.#running];
  }

  get(id: string): ManagedProcess | undefined {
    return this.#running.get(id);
  }

  find(id: string): ProcessSnapshot | undefined {
    for (const snapshot of this.#finished) if (snapshot.id === id) return snapshot;
    return this.get(id)?.snapshot();
  }

  list(): readonly ProcessSnapshot[] {
    const running = this.running.map((process) => process.snapshot());
    return [...this.#finished, ...running];
  }

  forgetFinished(): number {
    const { size } = this.#finished;
    this.#finished.clear();
    return size;
  }
}
