import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Temporary files of pipelines that this process has left, by name or by open descriptor. */
export function leftovers(): string[] {
  const prefix = `proc-pipe-${process.pid}-`;
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
  return [...names, ...openDescriptors().filter((target) => target.includes(prefix))];
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
