import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createProcess, type DisposableProcessManager } from '@proc/process';
import '@proc/testing';
import { Readable, Writable } from 'node:stream';

const PRINT = ['printf', 'one\\ntwo\\n'];

/** Fakes that do as the real programs do. */
function imitate(processes: DisposableProcessManager): void {
  processes.fake({
    'printf *': 'one\ntwo',
    cat: processes.describe().perform(async (child) => {
      for await (const chunk of child.stdin) await child.write('out', chunk);
    }),
  });
}

/** A web stream of the given pieces. */
function webStream(...pieces: (string | Uint8Array)[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

describe.each(['programs', 'fakes'])('%s', (kind) => {
  let processes: DisposableProcessManager;

  beforeEach(async () => {
    processes = await createProcess();
    if (kind === 'fakes') imitate(processes);
  });

  afterEach(() => processes.shutdown());

  it('read a web stream as input', async () => {
    const input = webStream('from ', new TextEncoder().encode('the web'));
    const result = await processes.command(['cat']).input(input).run();
    expect(result.output()).toBe('from the web');
  });

  it('are read as a web stream', async () => {
    await using running = await processes.start(PRINT);
    const pieces: Uint8Array[] = [];
    for await (const piece of Readable.toWeb(running.stdout!)) pieces.push(piece);
    expect(String(Buffer.concat(pieces))).toBe('one\ntwo\n');
  });

  it('send a copy to a web stream', async () => {
    const pieces: Uint8Array[] = [];
    const target = new WritableStream<Uint8Array>({
      write(piece) {
        pieces.push(piece);
      },
    });
    const tee = Writable.fromWeb(target);
    const result = await processes.run(PRINT, { output: { stdout: { tee } } });
    expect(String(Buffer.concat(pieces))).toBe('one\ntwo\n');
    expect(result.lines()).toEqual(['one', 'two']);
  });

  it('are stages beside one of the web', async () => {
    const upper = new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        controller.enqueue(Buffer.from(String(Buffer.from(piece)).toUpperCase()));
      },
    });
    const result = await processes
      .pipe([PRINT, upper, ['cat']])
      .streaming()
      .run();
    expect(result.output()).toBe('ONE\nTWO\n');
  });
});
