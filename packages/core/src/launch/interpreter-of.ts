import { closeSync, openSync, readSync } from 'node:fs';

/** As much of a script as Linux looks at (`BINPRM_BUF_SIZE`); the headers of programs are within it, too. */
const LOOKED_AT = 256;
const PT_INTERP = 3;

/** How many files may be each other's interpreter on Linux. */
export const DEEPEST = 5;

/**
 * What interprets a file by its own account: what the `#!` line of a script names, or the loader that a program names.
 *
 * @returns `undefined` where there is none, and for what can not be read
 */
export function interpreterOf(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const start = read(file, 0, LOOKED_AT);
    if (start.toString('latin1', 0, 2) === '#!') return ofScript(start);
    return start.toString('latin1', 0, 4) === '\x7fELF' ? ofElf(file, start) : undefined;
  } catch {
    // A program may be executable without being readable.
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function ofScript(start: Buffer): string | undefined {
  const [line = ''] = start.toString('utf8', 2).split(/[\n\0]/, 1);
  return /[^ \t]+/.exec(line)?.[0];
}

/** See elf(5): the first segment of the type `PT_INTERP` is a path. */
function ofElf(file: number, header: Buffer): string | undefined {
  const wide = header[4] === 2;
  const little = header[5] === 1;
  const half = (from: Buffer, at: number): number =>
    little ? from.readUInt16LE(at) : from.readUInt16BE(at);
  const word = (from: Buffer, at: number): number =>
    little ? from.readUInt32LE(at) : from.readUInt32BE(at);
  // Offsets beyond 4 GiB are not looked for: the high half of a wide one is left out.
  const offset = (from: Buffer, at: number): number => word(from, little || !wide ? at : at + 4);
  const size = half(header, wide ? 54 : 42);
  const count = half(header, wide ? 56 : 44);
  const table = read(file, offset(header, wide ? 32 : 28), size * count);
  for (let at = 0; at + size <= table.length; at += size) {
    if (word(table, at) !== PT_INTERP) continue;
    const path = read(
      file,
      offset(table, at + (wide ? 8 : 4)),
      offset(table, at + (wide ? 32 : 16)),
    );
    return path.toString('utf8').split('\0', 1)[0];
  }
  return undefined;
}

function read(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(file, buffer, 0, length, position));
}
