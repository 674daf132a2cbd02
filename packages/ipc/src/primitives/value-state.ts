import { showValue } from '@proc/core/internal';
import { refuse } from '../hub/fault-signal.js';
import type { HubCall } from '../hub/hub-call.js';
import { LinkedList } from '../hub/linked-list.js';
import type { Primitive, PrimitiveDescription, PrimitiveKind } from '../hub/primitive.js';
import { VALUE_TYPES, type ValueRules } from './value-types.js';

/** A value of one type, with the number of its changes. */
class ValueState implements Primitive {
  readonly #watchers = new LinkedList<HubCall>();
  #value: unknown;
  #version = 1;
  #deleted = false;

  constructor(
    readonly type: string,
    readonly rules: ValueRules,
    initial: unknown,
  ) {
    this.#value = rules.read(initial ?? rules.initial);
  }

  get idle(): boolean {
    return this.#deleted && this.#watchers.size === 0;
  }

  get value(): unknown {
    return this.#value;
  }

  get versioned(): { readonly value: unknown; readonly version: number } {
    return { value: this.#value, version: this.#version };
  }

  write(value: unknown): void {
    this.#value = this.rules.read(value);
    this.#version++;
    for (const watcher of this.#watchers.drain()) watcher.resolve(this.versioned);
  }

  /** @returns whether it was as expected, and so is changed now */
  exchange(expected: unknown, value: unknown): boolean {
    if (!this.rules.equal(this.#value, expected)) return false;
    this.write(value);
    return true;
  }

  /** Waits until there has been a change since a version. */
  watch(call: HubCall, since: unknown): void {
    if (since !== this.#version) {
      call.resolve(this.versioned);
      return;
    }
    const link = this.#watchers.push(call);
    call.park(() => {
      this.#watchers.remove(link);
    });
  }

  delete(): void {
    this.#deleted = true;
    for (const watcher of this.#watchers.drain())
      watcher.reject({ code: 'closed', how: 'deleted' });
  }

  describe(): PrimitiveDescription {
    return {
      waiters: [...this.#watchers].map((call) => call.describe()),
      details: { type: this.type, version: this.#version },
    };
  }
}

export const valueKind: PrimitiveKind<ValueState> = {
  create: (name, { type = 'json', initial }) => {
    const rules =
      typeof type === 'string' && Object.hasOwn(VALUE_TYPES, type) ? VALUE_TYPES[type] : undefined;
    if (rules === undefined) {
      const known = Object.keys(VALUE_TYPES).join(', ');
      refuse(`The type of the value "${name}" is one of ${known}, not ${showValue(type)}.`);
    }
    return new ValueState(type as string, rules, initial);
  },
  fixed: { type: (state) => state.type },
  operations: {
    get: (state, call) => void call.resolve(state.value),
    read: (state, call) => void call.resolve(state.versioned),
    set: (state, call, [value]) => {
      state.write(value);
      call.resolve();
    },
    increment: (state, call, [by]) => {
      state.write(state.rules.add(state.value, by));
      call.resolve(state.value);
    },
    exchange: (state, call, [expected, value]) => {
      call.resolve(state.exchange(expected, value));
    },
    replace: (state, call, [version, value]) => {
      const unchanged = version === state.versioned.version;
      if (unchanged) state.write(value);
      call.resolve(unchanged);
    },
    watch: (state, call, [since]) => {
      state.watch(call, since);
    },
    delete: (state, call) => {
      state.delete();
      call.resolve();
    },
  },
};
