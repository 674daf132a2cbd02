import type { PrimitiveOptions } from '../hub/primitive.js';
import { BarrierMemory } from '../shared/barrier-memory.js';
import { MOST_PARTIES } from '../shared/barrier-word.js';
import { BARRIER, LOCK, RING, SEMAPHORE } from '../shared/layout.js';
import { SHARED_VALUE_TYPES, toBits, type SharedValueType } from '../shared/value-bits.js';
import { VALUE_TYPES } from './value-types.js';
import { wholeNumber } from './whole-number.js';

/** Whose end puts a piece of memory out of order. */
export interface MemoryOwner {
  /** What it calls itself in the memory. */
  readonly owner: number;
  /** What only it writes to. */
  readonly own: SharedArrayBuffer;
}

/** What memory is used for, as the hub knows it. Whoever is lost changes nothing any more, so the hub may. */
export interface MemoryUse {
  create(options: PrimitiveOptions, name: string): SharedArrayBuffer;
  /** Gives back what one had who is lost. @returns the token of a lock that this leaves abandoned */
  release?(memory: SharedArrayBuffer, lost: MemoryOwner): number | undefined;
  /** The cells with the numbers of holders in them. */
  holders?(cells: Int32Array): Int32Array;
  /** The token of who holds it, where holders have one. */
  token?(cells: Int32Array): number;
}

const lock: MemoryUse = {
  create: () => memoryOf(LOCK.cells),
  release: (memory, { owner }) => {
    const cells = new Int32Array(memory);
    if (Atomics.load(cells, LOCK.owner) !== owner) return undefined;
    Atomics.store(cells, LOCK.abandoned, 1);
    clear(cells, LOCK.owner, owner);
    return Atomics.load(cells, LOCK.token);
  },
  holders: (cells) => cells.subarray(LOCK.owner, LOCK.owner + 1),
  token: (cells) => Atomics.load(cells, LOCK.token),
};

const semaphore: MemoryUse = {
  create: ({ permits }, name) => {
    const label = `The number of permits of the ${name}`;
    return memoryOf(SEMAPHORE.permits + wholeNumber(permits, label, { most: SEMAPHORE.most }));
  },
  release: (memory, { owner }) => {
    const cells = new Int32Array(memory);
    for (let index = SEMAPHORE.permits; index < cells.length; index++) clear(cells, index, owner);
    Atomics.add(cells, SEMAPHORE.returns, 1);
    Atomics.notify(cells, SEMAPHORE.returns);
    return undefined;
  },
  holders: (cells) => cells.subarray(SEMAPHORE.permits),
};

const barrier: MemoryUse = {
  create: ({ parties }, name) => {
    wholeNumber(parties, `The number of parties of the ${name}`, { most: MOST_PARTIES });
    return memoryOf(BARRIER.broken + BARRIER.remembered);
  },
  release: (memory, { own }) => {
    // One more than the generation that it takes part in; 0, and so none that there is, while it waits for none.
    const takesPart = Atomics.load(new Int32Array(own), 0);
    new BarrierMemory(new Int32Array(memory)).breakUp(takesPart - 1, 'peer gone');
    return undefined;
  },
};

/** Octets of a ring that says nothing itself. */
export const DEFAULT_CAPACITY = 64 * 1024;
const MOST_CAPACITY = 2 ** 30;

const ring: MemoryUse = {
  create: ({ capacity = DEFAULT_CAPACITY }, name) => {
    const octets = wholeNumber(capacity, `The capacity of the ${name}`, { most: MOST_CAPACITY });
    // A power of two: positions may wrap then.
    return new SharedArrayBuffer(RING.size + 2 ** Math.ceil(Math.log2(Math.max(octets, 8))));
  },
  release: (memory, { owner }) => {
    const cells = new Int32Array(memory, 0, RING.size / 4);
    clear(cells, RING.writer, owner);
    clear(cells, RING.reader, owner);
    return undefined;
  },
};

const event: MemoryUse = { create: () => memoryOf(1) };

function value(type: SharedValueType): MemoryUse {
  const rules = VALUE_TYPES[type];
  return {
    create: ({ initial }) => {
      const memory = memoryOf(2);
      const first = rules.read(initial ?? rules.initial) as number | bigint | boolean;
      Atomics.store(new BigInt64Array(memory), 0, toBits(first));
      return memory;
    },
  };
}

/** Every use, by its name. */
export const MEMORY_USES: Readonly<Record<string, MemoryUse>> = {
  ...{ lock, event, semaphore, barrier, ring },
  ...Object.fromEntries(SHARED_VALUE_TYPES.map((type) => [type, value(type)])),
};

function memoryOf(cells: number): SharedArrayBuffer {
  return new SharedArrayBuffer(cells * Int32Array.BYTES_PER_ELEMENT);
}

/** Empties a cell that has a number in it. */
function clear(cells: Int32Array, index: number, owner: number): void {
  if (Atomics.compareExchange(cells, index, owner, 0) === owner) Atomics.notify(cells, index);
}
