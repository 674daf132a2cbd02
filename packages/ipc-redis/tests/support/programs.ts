import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const SOURCES = join(__dirname, '../../../core/tests/support/register-sources.cjs');

/** Lets a program load the TypeScript sources. */
const execArgv: readonly string[] = ['--require', SOURCES];

/** Starts one of the programs beside this file. */
export function startProgram(name: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...execArgv, join(__dirname, name), ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Ends a program without a chance to say good-bye. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** A program that is spoken to in lines. */
export class LineProgram {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #exit: Promise<unknown>;

  constructor(name: string, options: object) {
    const args = [...execArgv, join(__dirname, name), JSON.stringify(options)];
    this.#child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#exit = once(this.#child, 'exit');
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Resolves when it has ended by itself. */
  get exited(): Promise<unknown> {
    return this.#exit;
  }

  /** The next line that it writes. */
  async line(): Promise<unknown> {
    return (await this.#lines.next()).value;
  }

  /** What it makes of an expression: a value, or the code of an error. */
  async ask(expression: string): Promise<unknown> {
    this.tell(expression);
    return JSON.parse(String(await this.line()));
  }

  tell(expression: string): void {
    this.#child.stdin.write(`${expression}\n`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  kill(): Promise<void> {
    return killed(this.#child);
  }
}
