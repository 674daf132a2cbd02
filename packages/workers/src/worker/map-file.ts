import { fstatSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Koffi from 'koffi';

/** `PROT_READ | PROT_WRITE` and `MAP_SHARED` of `mmap(2)`; Linux and macOS agree. */
const READ_AND_WRITE = 3;
const SHARED = 1;
const MAP_FAILED = -1n;

/**
 * A file as memory that is shared with everybody who has it open, for as long as this process lives.
 *
 * @param descriptor - of the file, open for reading and writing; may be closed later
 * @param cells - its size, in integers of 32 bits
 * @param load - gets the library through which C functions are called
 * @returns `undefined` where it is no such file, or the system or what is installed does not serve
 */
export function mapFile(
  descriptor: number,
  cells: number,
  load: (name: string) => unknown = createRequire(__filename),
): Int32Array | undefined {
  const { platform, arch } = process;
  if (platform !== 'linux' && platform !== 'darwin') return undefined;
  // Elsewhere libraries differ in how large an offset is.
  if (!arch.endsWith('64')) return undefined;
  const size = cells * Int32Array.BYTES_PER_ELEMENT;
  try {
    // To touch memory past the end of the file would kill the process.
    if (fstatSync(descriptor).size !== size) return undefined;
    // Koffi's own package has an install script, which this one has no need for.
    const koffi = load(`@koromix/koffi-${platform}-${arch}`) as typeof Koffi;
    const mmap = koffi.load(null).func('intptr_t mmap(void *, size_t, int, int, int, long)');
    const address = BigInt(
      mmap(null, size, READ_AND_WRITE, SHARED, descriptor, 0) as bigint | number,
    );
    return address === MAP_FAILED ? undefined : new Int32Array(koffi.view(address, size));
  } catch {
    return undefined;
  }
}
