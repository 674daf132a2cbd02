import type { PoolProgressSnapshot } from '@proc/core';
import { Format, SingleBar, type Options, type Params } from 'cli-progress';
import type { PoolKey } from '../contracts/pool-key.js';
import { describeProgress } from './describe-progress.js';
import type { ProgressLook } from './progress-look.js';

const SAVE_CURSOR = '\u001B7';
const RESTORE_CURSOR = '\u001B8';
const CLEAR_LINE = '\r\u001B[2K';
/** In a narrow terminal the numbers are worth more than the bar. */
const LEAST_COLUMNS_FOR_BAR = 60;

/** Progress in a terminal: one line, drawn over itself up to ten times a second. */
export class TerminalBar implements ProgressLook {
  readonly #stream: NodeJS.WritableStream;
  readonly #prefix: string;
  readonly #bar: SingleBar;
  #total: number | null = null;
  #text = '';

  constructor(stream: NodeJS.WritableStream, prefix: string) {
    this.#stream = stream;
    this.#prefix = prefix;
    this.#bar = new SingleBar({
      stream: withoutSavedCursor(stream),
      format: (options, params) => this.#line(options, params),
      barsize: 20,
      // Neither the cursor nor wrapping is changed: a process that is killed could not restore them.
      hideCursor: false,
      linewrap: true,
      gracefulExit: false,
      // What others write to the terminal may have gone over the bar.
      forceRedraw: true,
    });
  }

  show(progress: PoolProgressSnapshot, key: PoolKey | null): void {
    const ended = progress.succeeded + progress.failed;
    this.#total = progress.total;
    this.#text = describeProgress(progress, key);
    if (!this.#bar.isActive) this.#bar.start(progress.total ?? 0, ended);
    this.#bar.setTotal(progress.total ?? 0);
    this.#bar.update(ended);
  }

  print(line: string): void {
    if (!this.#bar.isActive) {
      this.#stream.write(`${line}\n`);
      return;
    }
    this.#stream.write(`${CLEAR_LINE}${line}\n`);
    this.#bar.render();
  }

  end(): void {
    this.#bar.stop();
  }

  #line(options: Options, { progress, maxWidth: columns }: Params): string {
    const hasBar = this.#total !== null && columns >= LEAST_COLUMNS_FOR_BAR;
    const bar = hasBar ? `[${Format.BarFormat(progress, options)}] ` : '';
    // The last column stays empty: the terminal would wrap after it.
    return `${this.#prefix}${bar}${this.#text}`.slice(0, columns - 1);
  }
}

/**
 * The stream as the bar is to see it. A saved position is one on the screen: after lines have scrolled it is another
 * line's, so that going back to it would write over what was printed meanwhile.
 */
function withoutSavedCursor(stream: NodeJS.WritableStream): NodeJS.WritableStream {
  const write = (text: string): boolean =>
    text === SAVE_CURSOR || text === RESTORE_CURSOR || stream.write(text);
  return Object.create(stream, { write: { value: write } }) as NodeJS.WritableStream;
}
