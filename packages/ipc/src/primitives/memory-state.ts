import { showValue } from '@proc/core/internal';
import type { IpcHolder } from '../contracts/ipc-stats.js';
import { IpcLockAbandoned } from '../events/ipc-events.js';
import { refuse } from '../hub/fault-signal.js';
import type { HubCall } from '../hub/hub-call.js';
import type { HubSession } from '../hub/hub-session.js';
import type {
  HubContext,
  Primitive,
  PrimitiveDescription,
  PrimitiveKind,
  PrimitiveOptions,
} from '../hub/primitive.js';
import { DEFAULT_CAPACITY, MEMORY_USES, type MemoryOwner, type MemoryUse } from './memory-uses.js';

/** What a piece of memory is. */
interface MemoryRules {
  /** With its use: `lock table`. */
  readonly name: string;
  readonly options: PrimitiveOptions;
  readonly use: MemoryUse;
}

/** Memory that threads share. The hub gives it out, and puts it right when a thread is lost. */
class MemoryState implements Primitive {
  readonly #memory: SharedArrayBuffer;
  readonly #owners = new Map<HubSession, MemoryOwner>();

  constructor(
    readonly rules: MemoryRules,
    private readonly context: HubContext,
  ) {
    this.#memory = rules.use.create(rules.options, rules.name);
  }

  /** Never: who comes next has to find what was left, be it that a lock was abandoned. */
  readonly idle = false;

  open(call: HubCall): void {
    const { session } = call;
    const owner = this.#owners.get(session) ?? this.#enter(session);
    call.resolve({ memory: this.#memory, ...owner });
  }

  describe(): PrimitiveDescription {
    const details = { use: this.rules.options['use'], sharedBy: this.#owners.size };
    return { details, holders: this.#holders() };
  }

  #holders(): readonly IpcHolder[] {
    const cells = new Int32Array(this.#memory, 0, Math.floor(this.#memory.byteLength / 4));
    const held = this.rules.use.holders?.(cells) ?? [];
    const token = this.rules.use.token?.(cells) ?? 0;
    return [...this.#owners].flatMap(([{ id: session, name: sessionName }, { owner }]) => {
      const count = held.filter((number) => number === owner).length;
      return count === 0 ? [] : [{ session, sessionName, token, count, since: 0 }];
    });
  }

  #enter(session: HubSession): MemoryOwner {
    const own = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const owner = { owner: this.context.nextToken(), own };
    this.#owners.set(session, owner);
    session.onLoss(() => {
      this.#owners.delete(session);
      const token = this.rules.use.release?.(this.#memory, owner);
      if (token === undefined) return;
      const name = this.rules.name.replace('lock ', '');
      this.context.tell(IpcLockAbandoned, 'shared.lock', name, session.identity, token);
    });
    return owner;
  }
}

export const memoryKind: PrimitiveKind<MemoryState> = {
  create: (name, options, context) => {
    const wanted = options['use'];
    const isUse = typeof wanted === 'string' && Object.hasOwn(MEMORY_USES, wanted);
    const use = isUse ? MEMORY_USES[wanted] : undefined;
    if (use === undefined) {
      const uses = Object.keys(MEMORY_USES).join(', ');
      return refuse(`Memory is shared as one of ${uses}, not as ${showValue(wanted)}.`);
    }
    return new MemoryState({ name, options, use }, context);
  },
  fixed: {
    use: ({ rules }) => rules.options['use'],
    permits: ({ rules }) => rules.options['permits'],
    parties: ({ rules }) => rules.options['parties'],
    capacity: ({ rules }) => rules.options['capacity'] ?? DEFAULT_CAPACITY,
  },
  operations: {
    open: (state, call) => {
      state.open(call);
    },
  },
};
