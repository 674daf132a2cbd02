import { pathToFileURL } from 'node:url';
import { ProcessManager } from '@proc/core';
import { inject, injectable } from 'inversify';

export interface Statistics {
  readonly lines: number;
  readonly words: number;
}

/** Counts what is in a text file; the counting is done by `wc`. */
@injectable()
export class TextStatistics {
  constructor(@inject(ProcessManager) private readonly processes: ProcessManager) {}

  async of(path: string): Promise<Statistics> {
    const [lines, words] = await Promise.all([this.count('-l', path), this.count('-w', path)]);
    return { lines, words };
  }

  private async count(option: '-l' | '-w', path: string): Promise<number> {
    const result = await this.processes
      .command(['wc', option])
      .input(pathToFileURL(path))
      .timeout('10s')
      .runOrFail();
    return Number(result.output());
  }
}
