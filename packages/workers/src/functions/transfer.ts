import { MessagePort } from 'node:worker_threads';
import { types } from 'node:util';
import type { WorkerKind } from '../contracts/worker-kind.js';

/** How values reach a worker: threads share a process and can take over memory, processes get copies. */
export type Crossing = 'thread' | 'process';

/** How values reach a worker of a kind. */
export function crossingTo(kind: WorkerKind): Crossing {
  return kind === 'process' ? 'process' : 'thread';
}

/** What can change its owner instead of being copied. */
export type Transferable = ArrayBuffer | MessagePort;

const BRAND = Symbol.for('@proc/workers/Marked');

class Marked {
  readonly [BRAND] = true;

  constructor(readonly value: unknown) {}
}

function isMarked(value: object): value is Marked {
  return BRAND in value;
}

/** Marks of this and of other copies of the package that are not yet sent. */
interface Marks {
  waiting: number;
}

const MARKS = Symbol.for('@proc/workers/Marks');
let known: Marks | undefined;

/** While none is waiting, nobody has to look for them. */
function marks(): Marks {
  known ??= Reflect.get(globalThis, MARKS) as Marks | undefined;
  if (known === undefined) {
    known = { waiting: 0 };
    Reflect.set(globalThis, MARKS, known);
  }
  return known;
}

/**
 * Hands a value over instead of copying it: its buffers and ports, at any depth, are gone here and there at once. In
 * arguments and in results, at any depth. Only threads can do it; for a process it is a copy like any other.
 *
 * @returns the value, as far as types go; use it in arguments or results only
 * @example pool.submit(blur, { pixels: transfer(pixels), radius: 3 });
 */
export function transfer<T extends object>(value: T): T {
  marks().waiting += 1;
  return new Marked(value) as unknown as T;
}

/** A value without its marks, and what is to be handed over with it. */
export interface Unwrapped {
  readonly value: unknown;
  readonly transferList: readonly Transferable[];
}

const NOTHING: readonly Transferable[] = [];

/** Takes the marks out of a value that is about to be sent. What was given is not changed. */
export function unwrapTransfers(value: unknown, crossing: Crossing): Unwrapped {
  if (marks().waiting === 0) return { value, transferList: NOTHING };
  const found = new Set<Transferable>();
  const unmarked = withoutMarks(value, new Map(), (marked) => {
    marks().waiting -= 1;
    if (crossing === 'thread') collect(marked, found, new Set());
  });
  return { value: unmarked, transferList: [...found] };
}

function withoutMarks(
  value: unknown,
  seen: Map<object, unknown>,
  onMark: (marked: unknown) => void,
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isMarked(value)) {
    onMark(value.value);
    return withoutMarks(value.value, seen, onMark);
  }
  if (seen.has(value)) return seen.get(value);
  // In a circle the object stands for itself: a mark within one is found before it closes.
  seen.set(value, value);
  const copy = copyOf(value, (part) => withoutMarks(part, seen, onMark));
  seen.set(value, copy);
  return copy;
}

/** The same object where nothing in it was marked. */
function copyOf(value: object, convert: (part: unknown) => unknown): object {
  if (Array.isArray(value)) {
    const copy: unknown[] = value.map(convert);
    return copy.some((part, index) => part !== value[index]) ? copy : (value as unknown[]);
  }
  if (value instanceof Map) {
    const entries = [...value].map(([key, part]) => [key, convert(part)] as const);
    return entries.some(([key, part]) => part !== value.get(key)) ? new Map(entries) : value;
  }
  if (!isPlain(value)) return value;
  const parts = Object.entries(value).map(([key, part]) => [key, part, convert(part)] as const);
  if (parts.every(([, before, after]) => before === after)) return value;
  return Object.fromEntries(parts.map(([key, , after]) => [key, after]));
}

function collect(value: unknown, found: Set<Transferable>, seen: Set<unknown>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (types.isArrayBuffer(value) || value instanceof MessagePort) found.add(value);
  // Memory that is shared already needs no hand-over, and Node lets small Buffers share some that can not leave.
  else if (ArrayBuffer.isView(value)) {
    if (!isPooled(value)) collect(value.buffer, found, seen);
  } else if (value instanceof Map) for (const part of value.values()) collect(part, found, seen);
  else if (Array.isArray(value) || value instanceof Set)
    for (const part of value) collect(part, found, seen);
  else if (isPlain(value)) for (const part of Object.values(value)) collect(part, found, seen);
}

function isPooled(view: ArrayBufferView): boolean {
  return Buffer.isBuffer(view) && view.buffer.byteLength === Buffer.poolSize;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // The plain objects of another realm have another prototype, which has none itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
