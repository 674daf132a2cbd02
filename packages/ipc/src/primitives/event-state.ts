import type { HubCall } from '../hub/hub-call.js';
import { LinkedList } from '../hub/linked-list.js';
import type { Primitive, PrimitiveDescription, PrimitiveKind } from '../hub/primitive.js';

/** A flag that can be waited for. */
class EventState implements Primitive {
  readonly #line = new LinkedList<HubCall>();
  set = false;

  get idle(): boolean {
    return !this.set && this.#line.size === 0;
  }

  wait(call: HubCall): void {
    if (this.set) {
      call.resolve();
      return;
    }
    const link = this.#line.push(call);
    call.park(() => {
      this.#line.remove(link);
    });
  }

  /** Lets everybody go who waits. @returns how many that were */
  pulse(): number {
    const waiting = this.#line.drain();
    for (const call of waiting) call.resolve();
    return waiting.length;
  }

  describe(): PrimitiveDescription {
    return {
      waiters: [...this.#line].map((call) => call.describe()),
      details: { set: this.set },
    };
  }
}

export const eventKind: PrimitiveKind<EventState> = {
  create: () => new EventState(),
  fixed: {},
  operations: {
    set: (state, call) => {
      state.set = true;
      state.pulse();
      call.resolve();
    },
    clear: (state, call) => {
      state.set = false;
      call.resolve();
    },
    pulse: (state, call) => void call.resolve(state.pulse()),
    isSet: (state, call) => void call.resolve(state.set),
    wait: (state, call) => {
      state.wait(call);
    },
  },
};
