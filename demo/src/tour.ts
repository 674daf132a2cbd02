import { availableParallelism } from 'node:os';
import { EventDispatcher, ProcessManager, type Application } from '@proc/process';
import { Activity } from './activity.js';
import { Display } from './display.js';
import { rankLargestFiles } from './largest-files.js';
import { readRepository } from './repository.js';
import { fileJobs, levelJobs } from './round-trip-jobs.js';
import { runRoundTrips } from './round-trips.js';
import { summarize } from './summary.js';
import { Tools } from './tools.js';
import { whenThingsGoWrong } from './when-things-go-wrong.js';
import { countWords } from './words.js';

/** More at once than there are processors, since each also waits for programs to start and to end. */
const WINDOW = 2 * availableParallelism();

/** With more source files than this, an even selection of them is taken: a demo should be short. */
const MOST_FILES = 100;

/** As many of them go through streaming pipelines, too. */
const STREAMED_FILES = 40;

/** Shows everything once; tells whether every check holds. */
export async function tour(app: Application): Promise<boolean> {
  const begin = performance.now();
  const processes = app.get(ProcessManager);
  const display = app.get(Display);
  const activity = new Activity();
  app.get(EventDispatcher).subscribe(activity);

  const repository = await readRepository(processes);
  const tools = await Tools.find(processes);
  app.instance(Tools, tools);

  const files = fileJobs(repository.root, evenly(repository.sources, MOST_FILES));
  display.heading(`A pool of pipelines, ${WINDOW} at once, for ${files.length} source files`);
  display.line(`  ${tools.description}, compared with the original`);
  const sequential = await runRoundTrips(app, files, {
    title: 'round trips, one program at a time',
    mode: 'sequential',
    window: WINDOW,
  });
  const streaming = await runRoundTrips(app, evenly(files, STREAMED_FILES), {
    title: 'round trips, all programs at once',
    mode: 'streaming',
    window: WINDOW,
  });

  display.heading('The whole repository as one text, at every level of compression');
  const jobs = levelJobs(repository);
  const serial = await runRoundTrips(app, jobs, {
    title: 'levels, one after the other',
    mode: 'sequential',
    window: 1,
  });
  const pooled = await runRoundTrips(app, jobs, {
    title: 'levels, in a pool',
    mode: 'sequential',
    window: WINDOW,
  });

  const words = await countWords(processes, repository);
  display.heading(`A streaming pipeline: frequent ${words.title}`);
  for (const { word, count } of words.words) display.line(`  ${String(count).padStart(6)} ${word}`);

  const ranking = await rankLargestFiles(processes, repository);
  display.heading('A pipeline with a function in it: the largest files');
  for (const { file, bytes } of ranking.largest) {
    display.line(`  ${String(bytes).padStart(8)} bytes  ${file}`);
  }

  display.heading('When things go wrong');
  const trouble = await whenThingsGoWrong(app);

  const sections = [sequential, streaming, serial, pooled, words, ranking, trouble];
  const speedUp = { jobs: jobs.length, window: WINDOW, serial, pooled };
  const durationMs = performance.now() - begin;
  return summarize({ sections, speedUp, activity, durationMs }, display);
}

/** At most `count` items, spread evenly over the list. */
function evenly<Item>(items: readonly Item[], count: number): readonly Item[] {
  const step = items.length / count;
  if (step <= 1) return items;
  return Array.from({ length: count }, (_, index) => items[Math.floor(index * step)] as Item);
}
