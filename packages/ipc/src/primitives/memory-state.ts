import { showValue } from '@proc/core/internal';
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
import { LOCK, MEMORY_SIZE } from '../shared/layout.js';
import { SHARED_VALUE_TYPES, toBits, type SharedValueType } from '../shared/value-bits.js';
import { VALUE_TYPES } from './value-types.js';

/** What the memory of a primitive is used for. */
type MemoryUse = 'lock' | 'event' | SharedValueType;

/** Memory that threads share. The hub gives it out, and puts it right when a thread is lost. */
class MemoryState implements Primitive {
  readonly memory = new SharedArrayBuffer(MEMORY_SIZE);
  readonly #owners = new Map<HubSession, number>();

  constructor(
    readonly use: MemoryUse,
    private readonly context: HubContext,
  ) {}

  /** Never: who comes next has to find what was left, be it that a lock was abandoned. */
  readonly idle = false;

  open(call: HubCall): void {
    const { session } = call;
    const owner = this.#owners.get(session) ?? this.#enter(session);
    call.resolve({ memory: this.memory, owner });
  }

  describe(): PrimitiveDescription {
    const cells = new Int32Array(this.memory);
    const owner = this.use === 'lock' ? Atomics.load(cells, LOCK.owner) : 0;
    const holder = [...this.#owners].find(([, number]) => number === owner)?.[0];
    const details = { use: this.use, sharedBy: this.#owners.size };
    if (holder === undefined) return { details };
    const { id: session, name: sessionName } = holder;
    const token = Atomics.load(cells, LOCK.token);
    return { details, holders: [{ session, sessionName, token, count: 1, since: 0 }] };
  }

  #enter(session: HubSession): number {
    const owner = this.context.nextToken();
    this.#owners.set(session, owner);
    session.onLoss(() => {
      this.#owners.delete(session);
      if (this.use === 'lock') this.#release(owner);
    });
    return owner;
  }

  /** Who is lost changes nothing any more, and nobody else does as long as it is the owner. */
  #release(owner: number): void {
    const cells = new Int32Array(this.memory);
    if (Atomics.load(cells, LOCK.owner) !== owner) return;
    Atomics.store(cells, LOCK.abandoned, 1);
    Atomics.store(cells, LOCK.owner, 0);
    Atomics.notify(cells, LOCK.owner);
  }
}

const USES: readonly unknown[] = ['lock', 'event', ...SHARED_VALUE_TYPES] satisfies MemoryUse[];

function create(
  name: string,
  { use, initial }: PrimitiveOptions,
  context: HubContext,
): MemoryState {
  if (!USES.includes(use)) {
    refuse(`Memory is shared as one of ${USES.join(', ')}, not as ${showValue(use)}.`);
  }
  const state = new MemoryState(use as MemoryUse, context);
  const rules = Object.hasOwn(VALUE_TYPES, use as string) ? VALUE_TYPES[use as string] : undefined;
  if (rules !== undefined) {
    const value = rules.read(initial ?? rules.initial) as number | bigint | boolean;
    Atomics.store(new BigInt64Array(state.memory), 0, toBits(value));
  }
  return state;
}

export const memoryKind: PrimitiveKind<MemoryState> = {
  create,
  fixed: { use: (state) => state.use },
  operations: {
    open: (state, call) => {
      state.open(call);
    },
  },
};
