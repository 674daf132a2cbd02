import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './repository.js';

/** Something to compress, and the checksum that it must have when it comes back. */
export interface RoundTripJob {
  readonly key: string;
  readonly input: Uint8Array;
  readonly checksum: string;
  /** Compression level, from 1 to 9. */
  readonly level: number;
}

const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** One job for each file. */
export function fileJobs(root: string, files: readonly string[]): RoundTripJob[] {
  return files.map((file) => {
    const bytes = readFileSync(join(root, file));
    return { key: file, input: bytes, checksum: sha256(bytes), level: 6 };
  });
}

/** The whole repository as one text, at every level of compression: few jobs that keep a processor busy. */
export function levelJobs({ root, files }: Repository): RoundTripJob[] {
  const text = Buffer.concat(files.map((file) => readFileSync(join(root, file))));
  const checksum = sha256(text);
  return LEVELS.map((level) => ({ key: `level ${level}`, input: text, checksum, level }));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
