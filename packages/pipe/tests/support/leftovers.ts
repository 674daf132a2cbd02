import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = `proc-${process.pid}-`;

/** Temporary files and FIFOs of pipelines that this process has left, by name or by open descriptor. */
export function leftovers(): string[] {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX));
  const open = openDescriptors().filter((target) => target.includes(PREFIX) && !isSpool(target));
  return [...names, ...open];
}

/** Spools that this process has open. What a result keeps is open until nothing refers to the result any more. */
export function openSpools(): string[] {
  return openDescriptors().filter((target) => target.includes(PREFIX) && isSpool(target));
}

/** Spools are files without a name, FIFOs are in a directory. */
function isSpool(target: string): boolean {
  return /\/proc-\d+-[0-9a-z]+-[0-9a-z]+ \(deleted\)$/.test(target);
}

/** What the descriptors of this process refer to, where the system tells. */
export function openDescriptors(): string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc/self/fd').map((descriptor) => {
    try {
      return readlinkSync(join('/proc/self/fd', descriptor));
    } catch {
      // The descriptor that the listing itself used.
      return '';
    }
  });
}
