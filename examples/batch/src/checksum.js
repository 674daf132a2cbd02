import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The SHA-256 of a file, and how many bytes it has. */
export async function checksum(file) {
  const content = await readFile(file);
  return { file, bytes: content.length, sum: createHash('sha256').update(content).digest('hex') };
}
