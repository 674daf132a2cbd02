import { IpcBarrierBroken } from '../events/ipc-events.js';
import { FaultSignal } from '../hub/fault-signal.js';
import type { HubCall } from '../hub/hub-call.js';
import { LinkedList } from '../hub/linked-list.js';
import type {
  HubContext,
  Primitive,
  PrimitiveDescription,
  PrimitiveKind,
} from '../hub/primitive.js';
import type { BarrierBreak, Fault } from '../wire/fault.js';
import { wholeNumber } from './whole-number.js';

const BREAKS: Readonly<Partial<Record<Fault['code'], BarrierBreak>>> = {
  timeout: 'timeout',
  cancelled: 'cancelled',
};

/** A meeting of so many parties. Who leaves before it has taken place breaks it for all. */
class BarrierState implements Primitive {
  readonly #line = new LinkedList<HubCall>();
  #broken: BarrierBreak | undefined;

  constructor(
    private readonly name: string,
    readonly parties: number,
    private readonly context: HubContext,
  ) {}

  get idle(): boolean {
    return this.#line.size === 0 && this.#broken === undefined;
  }

  get state(): { readonly waiting: number; readonly broken: boolean } {
    return { waiting: this.#line.size, broken: this.#broken !== undefined };
  }

  wait(call: HubCall): void {
    if (this.#broken !== undefined) {
      throw new FaultSignal({ code: 'broken-barrier', reason: this.#broken });
    }
    const link = this.#line.push(call);
    if (this.#line.size === this.parties) {
      for (const [index, party] of this.#line.drain().entries()) party.resolve(index);
      return;
    }
    call.park(({ code }) => {
      this.#line.remove(link);
      this.abort(BREAKS[code] ?? 'peer gone');
    });
  }

  abort(reason: BarrierBreak): void {
    if (this.#broken === undefined) this.context.tell(IpcBarrierBroken, this.name, reason);
    this.#broken ??= reason;
    this.#reject(reason);
  }

  /** As new; who waits gets an error. */
  reset(): void {
    this.#reject('aborted');
    this.#broken = undefined;
  }

  describe(): PrimitiveDescription {
    return {
      waiters: [...this.#line].map((call) => call.describe()),
      details: { parties: this.parties, broken: this.#broken !== undefined },
    };
  }

  #reject(reason: BarrierBreak): void {
    for (const party of this.#line.drain()) party.reject({ code: 'broken-barrier', reason });
  }
}

export const barrierKind: PrimitiveKind<BarrierState> = {
  create: (name, { parties }, context) => {
    const label = `The number of parties of the barrier "${name}"`;
    return new BarrierState(name, wholeNumber(parties, label), context);
  },
  fixed: { parties: (state) => state.parties },
  operations: {
    wait: (state, call) => {
      state.wait(call);
    },
    abort: (state, call) => {
      state.abort('aborted');
      call.resolve();
    },
    reset: (state, call) => {
      state.reset();
      call.resolve();
    },
    state: (state, call) => void call.resolve(state.state),
  },
};
