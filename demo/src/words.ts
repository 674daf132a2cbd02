import { join } from 'node:path';
import type { ProcessManager } from '@proc/process';
import type { Repository } from './repository.js';
import type { Section } from './section.js';

/** A word and how often it was found. */
export interface WordCount {
  readonly word: string;
  readonly count: number;
}

/** How many words are ranked. */
const RANKS = 8;

/** The frequent words of the history, counted by a streaming pipeline of seven programs. */
export async function countWords(
  processes: ProcessManager,
  repository: Repository,
): Promise<Section & { readonly words: readonly WordCount[] }> {
  const source = textSource(repository);
  const ascii = { LC_ALL: 'C' };
  const result = await processes
    .pipe((pipe) => {
      pipe.as('text').command(source.command).path(repository.root);
      pipe.command(['tr', 'A-Z', 'a-z']).env(ascii);
      pipe.command(['tr', '-cs', 'a-z', '\\n']).env(ascii);
      pipe.command(['grep', '-E', '.{5}']);
      pipe.command('sort').env(ascii);
      pipe.command('uniq -c').env(ascii);
      pipe.command('sort -k1,1nr -k2').env(ascii);
      pipe.as('first').command(['head', '-n', String(RANKS)]);
    })
    .streaming()
    .timeout('30s')
    .runOrFail();

  const words = result.lines().map(parseCount);
  const text = await processes.command(source.command).path(repository.root).runOrFail();
  return {
    title: source.title,
    words,
    succeeded: 1,
    failed: 0,
    durationMs: result.durationMs,
    problems: compare(words, countInProcess(text.output())),
  };
}

function textSource({ root, files, head }: Repository): {
  readonly title: string;
  readonly command: readonly string[];
} {
  if (head !== undefined) {
    return { title: 'words of the git history', command: ['git', 'log', '--format=%s%n%b', head] };
  }
  const texts = files.filter((file) => file.endsWith('.md')).map((file) => join(root, file));
  return { title: 'words of the documentation', command: ['cat', ...texts] };
}

function parseCount(line: string): WordCount {
  const [count, word = ''] = line.trim().split(' ');
  return { word, count: Number(count) };
}

/** The same count without any program. */
function countInProcess(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/[a-z]{5,}/g) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function compare(found: readonly WordCount[], expected: Map<string, number>): string[] {
  const most = [...expected.values()].sort((a, b) => b - a).slice(0, RANKS);
  if (found.length !== most.length) return [`${found.length} words are ranked, not ${most.length}`];
  return found
    .filter(({ word, count }, rank) => expected.get(word) !== count || most[rank] !== count)
    .map(({ word, count }) => `"${word}" was counted ${count} times`);
}
