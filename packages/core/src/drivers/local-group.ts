import type { LaunchSpec } from '../contracts/process-driver.js';
import { groupAlive, processExists, signalGroup } from './process-group.js';

/** A process of this system with the group it leads, or alone where it leads none. */
export class LocalGroup {
  readonly #pid: number | undefined;
  readonly #leads: boolean;
  #hasExited = false;

  /** @param pid - `undefined` where the start has failed */
  constructor(pid: number | undefined, launch: LaunchSpec) {
    this.#pid = pid;
    this.#leads = leadsGroup(launch);
  }

  /** The process itself has been reaped: from now on its number may be anybody's. */
  markExited(): void {
    this.#hasExited = true;
  }

  signal(signal: NodeJS.Signals): boolean {
    if (this.#pid === undefined) return false;
    // After the exit the pid may be anybody's; the group's number stays taken as long as it has a member.
    if (this.#hasExited && !this.alive()) return false;
    return signalGroup(this.#pid, signal, !this.#leads);
  }

  alive(): boolean {
    if (this.#pid === undefined) return false;
    if (!this.#leads) return !this.#hasExited;
    // No process can get this number as long as the group has a member. One that has it leads another group.
    return groupAlive(this.#pid) && !(this.#hasExited && processExists(this.#pid));
  }
}

/** Whether the started process will lead a group of its own. Windows has none; there `detached` means a console. */
export function leadsGroup(launch: LaunchSpec): boolean {
  return process.platform !== 'win32' && (launch.processGroup || launch.detached);
}
