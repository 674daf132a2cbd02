import type { Libc } from '../native/libc.js';
import { OPAQUE_SIZE } from '../native/platform-constants.js';

/**
 * What a program begins with besides its descriptors: every signal as the system has it by default (Node itself
 * ignores SIGPIPE) and none of them blocked; and a session of its own, or not. Both kinds are made once.
 */
export class SpawnAttributes {
  readonly #libc: Libc;
  readonly #made = new Map<boolean, Buffer>();

  constructor(libc: Libc) {
    this.#libc = libc;
  }

  /** For the leader of a session, and so of a group, without a terminal: as `child_process` does it for `detached`. */
  get leader(): Buffer {
    return this.#get(true);
  }

  /** For a member of our own session and group, which a terminal's signals reach. */
  get member(): Buffer {
    return this.#get(false);
  }

  #get(leads: boolean): Buffer {
    const known = this.#made.get(leads);
    if (known !== undefined) return known;
    const made = this.#make(leads);
    this.#made.set(leads, made);
    return made;
  }

  #make(leads: boolean): Buffer {
    const { attributes } = this.#libc.symbols;
    const { spawn } = this.#libc.constants;
    const made = Buffer.alloc(OPAQUE_SIZE);
    attributes.init(made);
    // Every bit, since sigfillset(3) of glibc leaves out two, which would be ignored.
    attributes.setSignalDefaults(made, Buffer.alloc(OPAQUE_SIZE, 0xff));
    attributes.setSignalMask(made, Buffer.alloc(OPAQUE_SIZE));
    const flags = spawn.setSignalDefaults | spawn.setSignalMask | spawn.closeByDefault;
    attributes.setFlags(made, leads ? flags | spawn.setSession : flags);
    return made;
  }
}
