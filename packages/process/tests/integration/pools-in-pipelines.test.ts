import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createProcess, PosixDriver, type DisposableProcessManager } from '../../src/index.js';

const MODES = ['sequential', 'streaming'] as const;

const drivers = PosixDriver.isSupported() ? ['posix', 'node', 'execa'] : ['node', 'execa'];

describe.each(drivers)('a pool in a stage, with the driver %s', (driver) => {
  let processes: DisposableProcessManager;

  beforeEach(async () => {
    processes = await createProcess({ default: driver });
  });

  afterEach(async () => {
    await processes[Symbol.asyncDispose]();
  });

  /** A stage that runs a command for each line, two at a time, and tells of each line that it has taken. */
  const each = (command: (line: string) => string[], onLine: () => void = () => undefined) =>
    async function* (lines: AsyncIterable<string>, { signal }: { readonly signal: AbortSignal }) {
      const commands = async function* (): AsyncGenerator<string[]> {
        for await (const line of lines) {
          onLine();
          yield command(line);
        }
      };
      const pool = processes.pool(commands(), { concurrency: 2, signal, collect: false });
      for await (const { result } of pool.results()) yield result.stdout;
    };

  describe.each(MODES)('%s', (mode) => {
    it('hands on what its commands print', async () => {
      const result = await processes
        .pipe(['printf "3\\n1\\n2\\n"', each((line) => ['echo', `<${line}>`]), 'sort'], { mode })
        .run();
      expect(result.lines()).toEqual(['<1>', '<2>', '<3>']);
    });

    it('may be that of a function, which is called for one line after the other', async () => {
      const taken: string[] = [];
      const both = async (line: string): Promise<readonly string[]> => {
        taken.push(line);
        const results = await processes
          .pool([
            ['sh', '-c', 'sleep 0.05; echo "$1 late"', 'sh', line],
            ['echo', `${line} early`],
          ])
          .run();
        expect(taken.at(-1)).toBe(line);
        return results.collect().map((result) => result.output().trim());
      };
      const result = await processes.pipe(['printf "1\\n2\\n"', both, 'cat'], { mode }).run();
      expect(result.lines()).toEqual(['1 late', '1 early', '2 late', '2 early']);
    });

    it.each(['stop', 'abort', 'timeout'])(
      'has ended when the pipeline has by its %s, processes and all',
      async (how) => {
        const controller = new AbortController();
        let taken = 0;
        let tell!: () => void;
        const full = new Promise<void>((resolve) => (tell = resolve));
        const sleeping = each(
          () => ['sleep', '60'],
          () => {
            if (++taken === 2) tell();
          },
        );
        const pipeline = processes.pipe(['seq 10000', sleeping, 'cat'], { mode });
        if (how === 'timeout') pipeline.timeout('1s');
        const running = await pipeline.abortWith(controller.signal).start();
        const ended = running.wait().catch((error: unknown) => (error as { code: string }).code);
        await full;
        if (how === 'stop') await running.stop();
        if (how === 'abort') controller.abort();
        const ending = await ended;

        expect(processes.activeProcesses).toEqual([]);
        expect(taken).toBeLessThan(10);
        expect(typeof ending === 'string' ? ending : ending.reason).toBe(
          { stop: 'stopped', abort: 'ERR_PROC_CANCELLED', timeout: 'ERR_PROC_TIMED_OUT' }[how],
        );
      },
    );
  });

  it('takes as many lines of an endless writer as it runs, and ends it when its reader goes', async () => {
    let taken = 0;
    const echoing = each(
      (line) => ['echo', line],
      () => {
        taken++;
      },
    );
    const result = await processes
      .pipe(['yes', echoing, 'head -n 2'], { mode: 'streaming' })
      .timeout('60s')
      .run();

    expect(result.lines()).toEqual(['y', 'y']);
    expect(result.stages[1]?.result.signal).toBe('SIGPIPE');
    expect(processes.activeProcesses).toEqual([]);
    // What a reader leaves when it goes may have been written before.
    expect(taken).toBeLessThan(200);
  });
});

it('a pipeline whose result a pool has from its journal is there as a whole, without its stages', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'journal-'));
  try {
    await using processes = await createProcess({ default: 'node' });
    const journal = join(directory, 'jobs.ndjson');
    const entry = { count: processes.pipe(['printf "b\\na\\n"', 'wc -l']) };
    const run = () => processes.pool(entry, { journal, resume: 'missing' }).start();
    const [first] = await run();
    const again = await run();

    expect(first).toHaveProperty('stages.length', 2);
    expect(again.resumed).toEqual(['count']);
    expect(again.get('count')).toMatchObject({ stdout: first?.stdout, exitCode: 0 });
    expect(again.get('count')).not.toHaveProperty('stages');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
