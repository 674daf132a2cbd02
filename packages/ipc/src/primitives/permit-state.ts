import { IpcDeadlockRefused, IpcLockAbandoned } from '../events/ipc-events.js';
import { FaultSignal } from '../hub/fault-signal.js';
import type { HubCall } from '../hub/hub-call.js';
import { LinkedList, type Link } from '../hub/linked-list.js';
import type { HubContext, Primitive, PrimitiveDescription } from '../hub/primitive.js';
import type { Lockable, LockOwner } from '../hub/wait-graph.js';
import { isWithin } from '../wire/is-within.js';

/** What somebody asks for. */
export interface PermitRequest {
  readonly permits: number;
  /** The scope of the asker within its session, where it is in one. */
  readonly scope: string | undefined;
  /** Whoever holds already, in this scope or one around it, gets in again. */
  readonly reentrant: boolean;
}

/** How a kind of locks is. */
export interface PermitRules {
  readonly kind: 'lock' | 'rwlock' | 'semaphore';
  readonly name: string;
  readonly capacity: number;
  /** The loss of whoever held this many may have left behind what was half done; `undefined`: nobody needs to know. */
  readonly exclusive: number | undefined;
}

interface Holding {
  readonly token: number;
  readonly call: HubCall;
  readonly owner: LockOwner;
  readonly permits: number;
  readonly keep: () => void;
  count: number;
}

interface Waiter {
  readonly call: HubCall;
  readonly owner: LockOwner;
  readonly wanted: PermitRequest;
  readonly leaveGraph: () => void;
}

/**
 * Permits, of which there are so many: one for a lock, as many as you like for a lock for readers and writers (a writer
 * takes them all). First come, first served.
 */
export class PermitState implements Primitive, Lockable {
  readonly #holdings = new Map<number, Holding>();
  readonly #line = new LinkedList<Waiter>();
  #free: number;
  #abandoned = false;

  constructor(
    readonly rules: PermitRules,
    private readonly context: HubContext,
  ) {
    this.#free = rules.capacity;
  }

  get label(): string {
    const { kind, name } = this.rules;
    return `${kind} "${name}"`;
  }

  get idle(): boolean {
    return this.#holdings.size === 0 && this.#line.size === 0 && !this.#abandoned;
  }

  get available(): number {
    return this.#free;
  }

  *owners(): Iterable<LockOwner> {
    for (const { owner } of this.#holdings.values()) yield owner;
  }

  acquire(call: HubCall, wanted: PermitRequest): void {
    const owner = ownerOf(call, wanted.scope);
    const held = wanted.reentrant ? this.#heldWithin(owner, wanted.permits) : undefined;
    if (held !== undefined) {
      held.count++;
      call.resolve({ token: held.token, abandoned: false });
      return;
    }
    if (this.#line.size === 0 && this.#free >= wanted.permits) this.#grant(call, owner, wanted);
    else this.#wait(call, owner, wanted);
  }

  /** @throws {@link FaultSignal} when the session does not hold it */
  release(call: HubCall, token: unknown): void {
    const holding = typeof token === 'number' ? this.#holdings.get(token) : undefined;
    if (holding?.call.session !== call.session) throw new FaultSignal({ code: 'not-held' });
    if (--holding.count === 0) this.#giveBack(holding);
    call.resolve();
  }

  describe(): PrimitiveDescription {
    return {
      holders: [...this.#holdings.values()].map(({ call, token, permits, count }) => ({
        session: call.session.id,
        sessionName: call.session.name,
        token,
        count: permits === 1 ? count : permits,
        since: call.since,
      })),
      waiters: [...this.#line].map(({ call }) => call.describe()),
      details: { available: this.#free, abandoned: this.#abandoned },
    };
  }

  #wait(call: HubCall, owner: LockOwner, wanted: PermitRequest): void {
    const wait = { owner, lock: this };
    const { waits } = this.context;
    // Among several permits, one who waits may be served by any holder: there is no certain circle.
    const graphed = this.rules.exclusive !== undefined;
    const cycle = graphed ? waits.cycleOf(wait) : undefined;
    if (cycle !== undefined && call.request.t !== 0) {
      this.context.tell(IpcDeadlockRefused, cycle);
      throw new FaultSignal({ code: 'deadlock', cycle });
    }
    const leaveGraph = graphed ? waits.add(wait) : (): void => undefined;
    const link: Link<Waiter> = this.#line.push({ call, owner, wanted, leaveGraph });
    call.park(() => {
      this.#line.remove(link);
      leaveGraph();
      // Whoever stood behind may need less.
      this.#advance();
    });
  }

  #grant(call: HubCall, owner: LockOwner, { permits }: PermitRequest): void {
    const token = this.context.nextToken();
    const keep = call.session.onLoss(() => {
      this.#lose(holding);
      this.#giveBack(holding);
    });
    const holding: Holding = { token, call, owner, permits, keep, count: 1 };
    const abandoned = this.#abandoned;
    // Only who has it all can put right what was left behind.
    if (permits === this.rules.exclusive) this.#abandoned = false;
    this.#free -= permits;
    this.#holdings.set(token, holding);
    call.resolve({ token, abandoned });
  }

  #lose({ permits, call, token }: Holding): void {
    const { kind, name, exclusive } = this.rules;
    if (permits !== exclusive || kind === 'semaphore') return;
    this.#abandoned = true;
    this.context.tell(IpcLockAbandoned, kind, name, call.session.identity, token);
  }

  #giveBack(holding: Holding): void {
    holding.keep();
    this.#holdings.delete(holding.token);
    this.#free += holding.permits;
    this.#advance();
  }

  #advance(): void {
    for (;;) {
      const next = this.#line.first;
      if (next === undefined || next.wanted.permits > this.#free) return;
      this.#line.shift();
      next.leaveGraph();
      this.#grant(next.call, next.owner, next.wanted);
    }
  }

  #heldWithin({ path }: LockOwner, permits: number): Holding | undefined {
    return [...this.#holdings.values()].find(
      (holding) =>
        holding.owner.path !== undefined &&
        holding.permits >= permits &&
        isWithin(path, holding.owner.path),
    );
  }
}

function ownerOf({ session }: HubCall, scope: string | undefined): LockOwner {
  const path = scope === undefined ? undefined : `${session.id}/${scope}`;
  return { label: session.name, path };
}
