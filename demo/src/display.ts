import type { PoolProgressSnapshot } from '@proc/process';

const BAR_WIDTH = 24;
const ERASE_LINE = '\r\u001b[2K';

/**
 * Prints lines and, on a terminal, one live line below them. Elsewhere (a file, a pipe, CI, a dumb terminal) progress
 * becomes a few plain lines.
 */
export class Display {
  readonly #out: NodeJS.WriteStream;
  readonly #live: boolean;
  readonly #color: boolean;
  #liveLine = '';
  #quarter = 0;

  constructor(out: NodeJS.WriteStream = process.stdout, env: NodeJS.ProcessEnv = process.env) {
    this.#out = out;
    const terminal = out.isTTY && env['TERM'] !== 'dumb';
    this.#live = terminal && !isSet(env['CI']);
    this.#color = terminal && !isSet(env['NO_COLOR']);
  }

  heading(text: string): void {
    this.line('');
    this.line(this.#paint(1, text));
  }

  good(text: string): void {
    this.line(this.#paint(32, text));
  }

  bad(text: string): void {
    this.line(this.#paint(31, text));
  }

  /** Prints a line; the live line moves below it. */
  line(text: string): void {
    const printed = `${text}\n`;
    this.#out.write(this.#liveLine === '' ? printed : `${ERASE_LINE}${printed}${this.#liveLine}`);
  }

  /** Shows how far a pool is. */
  progress(
    title: string,
    { total, queued, running, succeeded, failed }: PoolProgressSnapshot,
  ): void {
    const done = succeeded + failed;
    const all = total ?? done + queued + running;
    if (this.#live) {
      const filled = Math.round((BAR_WIDTH * done) / Math.max(1, all));
      const bar = '#'.repeat(filled).padEnd(BAR_WIDTH, '.');
      this.#redraw(`  [${bar}] ${done}/${all} ${title}, ${running} at once, ${failed} failed`);
      return;
    }
    const quarter = Math.floor((4 * done) / Math.max(1, all));
    if (quarter > this.#quarter) this.line(`  ${done}/${all} ${title}, ${failed} failed`);
    this.#quarter = quarter;
  }

  /** Takes the live line away. */
  clear(): void {
    this.#quarter = 0;
    if (this.#liveLine !== '') this.#redraw('');
  }

  #redraw(text: string): void {
    // A line that wraps could not be erased as one.
    this.#liveLine = text.slice(0, (this.#out.columns || 80) - 1);
    this.#out.write(`${ERASE_LINE}${this.#liveLine}`);
  }

  #paint(code: number, text: string): string {
    return this.#color ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}

/** As the conventions for these variables have it: present and not empty. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
