/** How pointers are made on this system. */
export interface Pointers {
  /** In bytes: 4 or 8. */
  readonly size: number;
  readonly addressOf: (memory: Buffer) => bigint;
}

/**
 * Lays out lists of strings as C has them: each a list of pointers with a null pointer at its end, to strings in UTF-8.
 * All are parts of the same memory, which stays as long as any of them is used.
 *
 * @throws an error with the code `ERR_INVALID_ARG_VALUE` when a string has a NUL byte, at which C would end it
 */
export function cStrings(
  lists: readonly (readonly string[])[],
  { size, addressOf }: Pointers,
): readonly Buffer[] {
  const strings = lists.flat();
  const text = [...strings, ''].join('\0');
  const table = (strings.length + lists.length) * size;
  const memory = Buffer.allocUnsafeSlow(table + Buffer.byteLength(text));
  memory.write(text, table);
  const base = addressOf(memory);
  const pointers =
    size === 8
      ? new BigUint64Array(memory.buffer, 0, table / size)
      : new Uint32Array(memory.buffer, 0, table / size);
  let at = table;
  let slot = 0;
  const laidOut = lists.map((list) => {
    const begin = slot;
    for (let left = list.length; left > 0; left--) {
      put(pointers, slot++, base + BigInt(at));
      at = memory.indexOf(0, at) + 1;
    }
    put(pointers, slot++, 0n);
    return memory.subarray(begin * size, slot * size);
  });
  // Each string has ended where the next one began, unless one of them had an end of its own.
  if (at !== memory.length) throw nulByteError();
  return laidOut;
}

/**
 * One string as C has it, in UTF-8.
 *
 * @throws an error with the code `ERR_INVALID_ARG_VALUE` when it has a NUL byte
 */
export function cString(text: string): Buffer {
  const memory = Buffer.from(`${text}\0`);
  if (memory.indexOf(0) !== memory.length - 1) throw nulByteError();
  return memory;
}

function put(pointers: BigUint64Array | Uint32Array, slot: number, value: bigint): void {
  if (pointers instanceof BigUint64Array) pointers[slot] = value;
  else pointers[slot] = Number(value);
}

function nulByteError(): Error {
  const message =
    'The paths, the arguments and the environment of a program must be without NUL bytes.';
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_VALUE' });
}
