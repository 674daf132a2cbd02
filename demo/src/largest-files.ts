import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessManager } from '@proc/process';
import type { Repository } from './repository.js';
import type { Section } from './section.js';

/** How many files are ranked. */
const RANKS = 5;

/** A file and its length in bytes. */
export interface FileSize {
  readonly file: string;
  readonly bytes: number;
}

/** Ranks the files by size: two programs with a function of this process between them. */
export async function rankLargestFiles(
  processes: ProcessManager,
  { root, files }: Repository,
): Promise<Section & { readonly largest: readonly FileSize[] }> {
  const result = await processes
    .pipe((pipe) => {
      pipe
        .as('measure')
        .command(['wc', '-c', ...files.map((file) => `./${file}`)])
        .path(root);
      pipe.as('drop totals').through((line) => (/^\s*\d+ total$/.test(line) ? null : line));
      pipe.as('rank').command('sort -rn');
      pipe.as('first').command(['head', '-n', String(RANKS)]);
    })
    .streaming()
    .runOrFail();

  const largest = result.lines().map(parseSize);
  return {
    title: 'largest files',
    largest,
    succeeded: 1,
    failed: 0,
    durationMs: result.durationMs,
    problems: compare(largest, sizesInProcess(root, files)),
  };
}

function parseSize(line: string): FileSize {
  const [, bytes, file = ''] = /^\s*(\d+) \.\/(.*)$/.exec(line) ?? [];
  return { file, bytes: Number(bytes) };
}

function sizesInProcess(root: string, files: readonly string[]): number[] {
  return files.map((file) => statSync(join(root, file)).size).sort((a, b) => b - a);
}

function compare(largest: readonly FileSize[], sizes: readonly number[]): string[] {
  const expected = sizes.slice(0, RANKS).join(', ');
  const found = largest.map(({ bytes }) => bytes).join(', ');
  return found === expected ? [] : [`the largest files have ${expected} bytes, not ${found}`];
}
