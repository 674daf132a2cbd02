import { showValue } from '@proc/core/internal';
import { FaultSignal, refuse } from '../hub/fault-signal.js';
import type { HubCall } from '../hub/hub-call.js';
import { LinkedList } from '../hub/linked-list.js';
import type { Primitive, PrimitiveDescription, PrimitiveKind } from '../hub/primitive.js';
import { Subscriber, type Overflow } from './subscriber.js';
import { wholeNumber } from './whole-number.js';

const OVERFLOWS: readonly unknown[] = ['drop-oldest', 'drop-newest', 'fail'] satisfies Overflow[];

/** Messages for everybody who listens. */
class ChannelState implements Primitive {
  readonly #subscribers = new Map<number, Subscriber>();
  readonly #history = new LinkedList<unknown>();
  #lastId = 0;

  constructor(readonly history: number) {}

  get idle(): boolean {
    return this.#subscribers.size === 0 && this.#history.size === 0;
  }

  /** @returns how many subscribers it is meant for */
  publish(message: unknown): number {
    this.#history.push(message);
    if (this.#history.size > this.history) this.#history.shift();
    for (const subscriber of this.#subscribers.values()) subscriber.add(message);
    return this.#subscribers.size;
  }

  subscribe(call: HubCall, [replay = 0, buffer, overflow]: readonly unknown[]): void {
    const back = wholeNumber(replay, 'What is replayed', { least: 0 });
    const limit = wholeNumber(buffer, 'The buffer of a subscription');
    if (!OVERFLOWS.includes(overflow)) {
      refuse(`A subscription's overflow is ${OVERFLOWS.join(', ')}, not ${showValue(overflow)}.`);
    }
    const id = ++this.#lastId;
    const keep = call.session.onLoss(() => this.#subscribers.delete(id));
    const subscriber = new Subscriber(
      call.session,
      { limit, overflow: overflow as Overflow },
      keep,
    );
    const past = [...this.#history];
    for (const message of past.slice(Math.max(0, past.length - back))) subscriber.add(message);
    this.#subscribers.set(id, subscriber);
    call.resolve(id);
  }

  /** @throws {@link FaultSignal} when the session has no such subscription */
  subscriber({ session }: HubCall, id: unknown): Subscriber {
    const subscriber = this.#subscribers.get(id as number);
    if (subscriber?.session === session) return subscriber;
    throw new FaultSignal({ code: 'closed', how: 'closed' });
  }

  unsubscribe(call: HubCall, id: unknown): void {
    this.subscriber(call, id).close();
    this.#subscribers.delete(id as number);
  }

  describe(): PrimitiveDescription {
    const subscribers = [...this.#subscribers.values()];
    return {
      waiters: subscribers.flatMap(({ reader }) =>
        reader === undefined ? [] : [reader.describe()],
      ),
      details: { subscribers: subscribers.length, history: this.#history.size },
    };
  }
}

export const channelKind: PrimitiveKind<ChannelState> = {
  create: (name, { history = 0 }) =>
    new ChannelState(wholeNumber(history, `The history of the channel "${name}"`, { least: 0 })),
  fixed: { history: (state) => state.history },
  operations: {
    publish: (state, call, [message]) => void call.resolve(state.publish(message)),
    subscribe: (state, call, args) => {
      state.subscribe(call, args);
    },
    next: (state, call, [id]) => {
      state.subscriber(call, id).read(call);
    },
    unsubscribe: (state, call, [id]) => {
      state.unsubscribe(call, id);
      call.resolve();
    },
  },
};
