import type { Readable } from 'node:stream';
import type { LaunchContext } from '@proc/core';

/** Everything that a stream gives. */
export async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What a launch was given as its standard input. */
export async function readInput(context: LaunchContext): Promise<string> {
  const stdin = context.stdio?.stdin;
  if (stdin === undefined || !('on' in stdin)) throw new Error('There is no input to read.');
  return (await readAll(stdin)).toString();
}
