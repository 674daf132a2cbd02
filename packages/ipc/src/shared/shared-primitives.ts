import { requireKnown } from '../client/require-known.js';
import type { Size } from '@proc/core';
import { parseSize, uniqueId } from '@proc/core/essentials';
import type { Connection } from '../client/connection.js';
import type { ValueTypes } from '../client/ipc-value.js';
import type { OpenedMemory } from './layout.js';
import { SharedBarrier } from './shared-barrier.js';
import { SharedEvent } from './shared-event.js';
import { SharedLock } from './shared-lock.js';
import { SharedRing } from './shared-ring.js';
import { SharedSemaphore } from './shared-semaphore.js';
import { SharedValue } from './shared-value.js';
import type { SharedValueType } from './value-bits.js';

/** How a value in shared memory is made. */
export interface SharedValueOptions<Type extends SharedValueType> {
  readonly type: Type;
  /** Counts for whoever names it first; default: 0, false. */
  readonly initial?: ValueTypes[Type] | undefined;
}

/** How a ring in shared memory is made. */
export interface SharedRingOptions {
  /**
   * Room for so many octets, rounded up to a power of two; each message takes 4 more than it has. Default: 64 KiB; at
   * most 1 GiB.
   */
  readonly capacity?: Size | undefined;
}

/**
 * Primitives in memory that the threads of one process share: no message is sent once they are opened, and a thread may
 * block on them. The hub gives the memory out, and releases what a thread held that is lost. They have names of their
 * own, apart from those of the others, and are kept as long as the hub is there.
 *
 * @throws {@link InvalidArgumentError}, each, over a connection that memory can not be sent over
 */
export class SharedPrimitives {
  /** @internal */
  constructor(private readonly connection: Connection) {}

  /** One holder at a time, over all threads. */
  async lock(name = uniqueId()): Promise<SharedLock> {
    return new SharedLock(name, await this.#open(`lock ${name}`, { use: 'lock' }));
  }

  /** A flag that others can wait for. */
  async event(name = uniqueId()): Promise<SharedEvent> {
    return new SharedEvent(name, await this.#open(`event ${name}`, { use: 'event' }));
  }

  /**
   * @param permits - default: 1; at most 1023
   * @throws {@link IpcMismatchError} when it exists with another number of permits
   */
  async semaphore(name = uniqueId(), permits = 1): Promise<SharedSemaphore> {
    const memory = await this.#open(`semaphore ${name}`, { use: 'semaphore', permits });
    return new SharedSemaphore(name, memory);
  }

  /**
   * @param parties - at most 1023
   * @throws {@link IpcMismatchError} when it exists with another number of parties
   */
  async barrier(name: string | undefined, parties: number): Promise<SharedBarrier> {
    const given = name ?? uniqueId();
    const memory = await this.#open(`barrier ${given}`, { use: 'barrier', parties });
    return new SharedBarrier(given, parties, memory);
  }

  /** @throws {@link IpcMismatchError} when it exists with another capacity */
  async ring(name = uniqueId(), options: SharedRingOptions = {}): Promise<SharedRing> {
    requireKnown('a ring', options, ['capacity']);
    const { capacity } = options;
    const octets = capacity === undefined ? undefined : parseSize(capacity, 'capacity');
    const memory = await this.#open(`ring ${name}`, { use: 'ring', capacity: octets });
    return new SharedRing(name, memory);
  }

  /** @throws {@link IpcMismatchError} when it exists with another type */
  async value<Type extends SharedValueType>(
    name: string | undefined,
    options: SharedValueOptions<Type>,
  ): Promise<SharedValue<ValueTypes[Type]>> {
    requireKnown('a value', options, ['type', 'initial']);
    const { type, initial } = options;
    const given = name ?? uniqueId();
    const memory = await this.#open(`value ${given}`, { use: type, initial });
    return new SharedValue(given, type, memory);
  }

  #open(name: string, options: Readonly<Record<string, unknown>>): Promise<OpenedMemory> {
    return this.connection.request('memory.open', name, { options });
  }
}
