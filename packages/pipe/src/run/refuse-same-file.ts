import { fstatSync, ReadStream, statSync, type BigIntStats } from 'node:fs';
import { InvalidArgumentError, type InputSource, type LaunchStreams } from '@proc/core';
import { isPath, pathOf, type TeeTarget } from '../streams/tee-target.js';
import { commandInput } from './command-entry.js';
import type { PipelinePlan } from './pipeline-plan.js';

/**
 * A shell empties the file before anybody has read it. Appending empties nothing, and is left to the caller as a shell
 * leaves it. What a command reads by a name of its own is not known here.
 *
 * @param given - by the one who runs the pipeline, in place of its own input
 * @throws {@link InvalidArgumentError} when the input is a file that is also to get the output, or a copy, by whatever
 *   name
 */
export function refuseSameFile(
  { stages, input, tees, file }: PipelinePlan,
  given: LaunchStreams['stdin'],
): void {
  const read = fileOf(given ?? input ?? commandInput(stages[0]?.entry));
  if (read === undefined) return;
  const written: readonly TeeTarget[] = [
    ...stages.flatMap((stage) => stage.tees ?? []),
    ...tees,
    ...(file === undefined || file.append ? [] : [file.path]),
  ];
  const same = written.filter(isPath).find((path) => isSame(read, fileAt(path)));
  if (same === undefined) return;
  throw new InvalidArgumentError(
    `The input of the pipeline and its output, or a copy of it, are the same file: "${pathOf(same)}". Opening it for the ` +
      'output would empty it before it is read.',
  );
}

/** `undefined` for what is no file. */
function fileOf(input: InputSource | LaunchStreams['stdin']): BigIntStats | undefined {
  if (input instanceof URL) return fileAt(input);
  if (input instanceof ReadStream) {
    const { fd, path } = input as ReadStream & { readonly fd?: number | null };
    return typeof fd === 'number' ? fileBehind(fd) : fileAt(String(path));
  }
  return typeof input === 'object' && input !== null && 'fd' in input && !('on' in input)
    ? fileBehind(input.fd)
    : undefined;
}

function fileAt(path: string | URL): BigIntStats | undefined {
  return onlyFile(() => statSync(pathOf(path), { bigint: true }));
}

function fileBehind(fd: number): BigIntStats | undefined {
  return onlyFile(() => fstatSync(fd, { bigint: true }));
}

/** Devices and pipes hold nothing that could be lost. What can not be looked at is told by its opening. */
function onlyFile(look: () => BigIntStats): BigIntStats | undefined {
  try {
    const stats = look();
    return stats.isFile() ? stats : undefined;
  } catch {
    return undefined;
  }
}

function isSame(one: BigIntStats, other: BigIntStats | undefined): boolean {
  return one.dev === other?.dev && one.ino === other.ino;
}
