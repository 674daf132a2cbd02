import { createHash } from 'node:crypto';
import { createGunzip, createGzip } from 'node:zlib';
import type { PipelineBuilder } from '@proc/pipe';
import { CommandNotFoundError, type ProcessManager } from '@proc/process';

const CHECKSUM_PROGRAMS = [
  ['sha256sum'],
  ['shasum', '-a', '256'],
  ['openssl', 'dgst', '-sha256', '-r'],
];

/** Adds the stages of a round trip: programs of this machine or, where one is missing, functions. */
export class Tools {
  readonly #gzip: boolean;
  readonly #checksum: readonly string[] | undefined;

  private constructor(gzip: boolean, checksum: readonly string[] | undefined) {
    this.#gzip = gzip;
    this.#checksum = checksum;
  }

  static async find(processes: ProcessManager): Promise<Tools> {
    const gzip = await firstThatWorks(processes, [['gzip', '-c']]);
    return new Tools(gzip !== undefined, await firstThatWorks(processes, CHECKSUM_PROGRAMS));
  }

  get description(): string {
    const gzip = this.#gzip ? 'gzip -c | gzip -dc' : 'gzip | gunzip (in process)';
    return `${gzip} | ${this.#checksum?.join(' ') ?? 'sha256 (in process)'}`;
  }

  /** @param level - from 1 (fast) to 9 (small) */
  compress(pipe: PipelineBuilder, level: number): void {
    if (this.#gzip) pipe.command(['gzip', '-c', `-${level}`]);
    else pipe.through(() => createGzip({ level }));
  }

  decompress(pipe: PipelineBuilder): void {
    if (this.#gzip) pipe.command(['gzip', '-dc']);
    else pipe.through(() => createGunzip());
  }

  /** Prints a line that begins with the SHA-256 checksum. */
  checksum(pipe: PipelineBuilder): void {
    if (this.#checksum === undefined) pipe.through(sha256Line, { input: 'bytes' });
    else pipe.command(this.#checksum);
  }
}

async function* sha256Line(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  yield `${hash.digest('hex')}\n`;
}

async function firstThatWorks(
  processes: ProcessManager,
  candidates: readonly (readonly string[])[],
): Promise<readonly string[] | undefined> {
  for (const command of candidates) {
    try {
      const result = await processes.command(command).run();
      if (result.successful()) return command;
    } catch (error) {
      if (!CommandNotFoundError.is(error)) throw error;
    }
  }
  return undefined;
}
