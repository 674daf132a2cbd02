import { FaultSignal } from '../hub/fault-signal.js';
import type { HubCall } from '../hub/hub-call.js';
import { LinkedList } from '../hub/linked-list.js';
import type { Primitive, PrimitiveDescription } from '../hub/primitive.js';

/** How a queue is. */
export interface QueueRules {
  readonly maxSize: number;
  /** How often an item is given out at most. */
  readonly maxDeliveries: number;
  /** Takes an item that was given out in vain too often, or refused. */
  bury(value: unknown, deliveries: number, reason: string): void;
}

interface Item {
  readonly value: unknown;
  deliveries: number;
}

interface Getter {
  readonly call: HubCall;
  /** It acknowledges the item when it has done with it. */
  readonly manual: boolean;
}

interface Delivery {
  readonly item: Item;
  readonly call: HubCall;
  readonly keep: () => void;
}

/** Items in a line, given to one getter each. */
export class QueueState implements Primitive {
  readonly #items = new LinkedList<Item>();
  readonly #getters = new LinkedList<Getter>();
  readonly #putters = new LinkedList<{ readonly call: HubCall; readonly item: Item }>();
  readonly #deliveries = new Map<number, Delivery>();
  #lastDelivery = 0;
  #closed: 'closed' | 'deleted' | undefined;

  constructor(readonly rules: QueueRules) {}

  get idle(): boolean {
    return this.#closed === 'deleted';
  }

  get size(): number {
    return this.#items.size;
  }

  get isFull(): boolean {
    return this.#items.size >= this.rules.maxSize;
  }

  put(call: HubCall, value: unknown): void {
    if (this.#closed !== undefined) throw new FaultSignal({ code: 'closed', how: this.#closed });
    const item = { value, deliveries: 0 };
    if (!this.isFull) {
      this.#items.push(item);
      call.resolve();
      this.#serve();
      return;
    }
    const link = this.#putters.push({ call, item });
    call.park(() => {
      this.#putters.remove(link);
    });
  }

  /** Puts what nobody waits for: a full queue takes it too. */
  add(value: unknown): void {
    if (this.#closed !== undefined) return;
    this.#items.push({ value, deliveries: 0 });
    this.#serve();
  }

  get(call: HubCall, manual: boolean): void {
    if (this.#items.size === 0 && this.#closed !== undefined && this.#putters.size === 0) {
      throw new FaultSignal({ code: 'closed', how: this.#closed });
    }
    const link = this.#getters.push({ call, manual });
    this.#serve();
    if (call.settled) return;
    call.park(() => {
      this.#getters.remove(link);
    });
  }

  /** What becomes of an item that was given out. @throws {@link FaultSignal} when the session has it no more */
  settle(call: HubCall, id: unknown, verdict: 'ack' | 'retry' | 'bury', reason: string): void {
    const delivery = typeof id === 'number' ? this.#deliveries.get(id) : undefined;
    if (typeof id !== 'number' || delivery?.call.session !== call.session) {
      throw new FaultSignal({ code: 'not-held' });
    }
    this.#deliveries.delete(id);
    delivery.keep();
    const { value, deliveries } = delivery.item;
    if (verdict === 'bury') this.rules.bury(value, deliveries, reason);
    if (verdict === 'retry') this.#giveBack(delivery.item, reason);
    call.resolve();
    this.#serve();
  }

  /** Forgets what waits in it. @returns how many items that were */
  clear(): number {
    const count = this.#items.drain().length;
    this.#serve();
    return count;
  }

  /** Nothing is taken any more; what is in it can still be got. */
  close(how: 'closed' | 'deleted'): void {
    this.#closed = how === 'deleted' ? how : (this.#closed ?? how);
    if (how === 'deleted') {
      this.#items.drain();
      for (const { keep } of this.#deliveries.values()) keep();
      this.#deliveries.clear();
    }
    for (const { call } of this.#putters.drain()) call.reject({ code: 'closed', how });
    if (this.#items.size > 0) return;
    for (const { call } of this.#getters.drain()) call.reject({ code: 'closed', how });
  }

  describe(): PrimitiveDescription {
    const waiting = [...this.#getters, ...this.#putters];
    return {
      waiters: waiting.map(({ call }) => call.describe()),
      details: {
        size: this.#items.size,
        unacknowledged: this.#deliveries.size,
        closed: this.#closed !== undefined,
      },
    };
  }

  /** Brings items to getters, and then those who put to the places that are free. */
  #serve(): void {
    for (;;) {
      while (!this.isFull && this.#putters.size > 0) {
        const next = this.#putters.shift();
        if (next === undefined) break;
        this.#items.push(next.item);
        next.call.resolve();
      }
      const item = this.#getters.size === 0 ? undefined : this.#items.shift();
      const getter = item === undefined ? undefined : this.#getters.shift();
      if (item === undefined || getter === undefined) return;
      this.#give(item, getter);
    }
  }

  #give(item: Item, { call, manual }: Getter): void {
    item.deliveries++;
    const { value, deliveries } = item;
    if (!manual) {
      // A channel that can not carry it is no reason to lose it.
      if (!call.resolve({ value })) this.#giveBack(item, 'undeliverable');
      return;
    }
    const id = ++this.#lastDelivery;
    const keep = call.session.onLoss(() => {
      this.#deliveries.delete(id);
      this.#giveBack(item, 'peer gone');
      this.#serve();
    });
    this.#deliveries.set(id, { item, call, keep });
    if (call.resolve({ value, deliveries, id })) return;
    keep();
    this.#deliveries.delete(id);
    this.#giveBack(item, 'undeliverable');
  }

  /** To the front: it has waited the longest. */
  #giveBack(item: Item, reason: string): void {
    if (this.#closed === 'deleted') return;
    if (item.deliveries >= this.rules.maxDeliveries) {
      this.rules.bury(item.value, item.deliveries, reason);
    } else this.#items.unshift(item);
  }
}
