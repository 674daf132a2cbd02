import type { CommandInput, CommandWord } from '../contracts/command.js';
import type { OutputCallback } from '../contracts/output-callback.js';
import type { ProcessOptions } from '../contracts/process-options.js';
import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { probe } from '../kernel/probe.js';
import type { PendingProcess } from '../process/pending-process.js';

/** What may follow the command in `run` and `start`: arguments, a callback, options, in the order of the overloads. */
export type RunArgument =
  readonly CommandWord[] | OutputCallback | ProcessOptions | null | undefined;

/** Reads the arguments of `run` and `start`. @throws {@link InvalidArgumentError} */
export function readRunArguments(
  pending: PendingProcess,
  command: CommandInput | undefined,
  rest: readonly RunArgument[],
): { readonly pending: PendingProcess; readonly onOutput: OutputCallback | undefined } {
  let onOutput: OutputCallback | undefined;
  const [first, ...others] = rest;
  const hasArgs = isList(first);
  if (command !== undefined)
    pending.command(command, hasArgs ? (first as readonly CommandWord[]) : undefined);
  for (const argument of hasArgs ? others : rest) {
    if (argument == null) continue;
    if (typeof argument === 'function') onOutput = argument;
    else if (typeof argument === 'object' && !isList(argument)) {
      pending.options(argument as ProcessOptions);
    } else {
      throw new InvalidArgumentError(
        'A command is followed by a list of arguments, an output callback or options; ' +
          `got ${typeof argument} ${showValue(argument)}.`,
      );
    }
  }
  return { pending, onOutput };
}

/** Of a revoked proxy nobody can tell. */
function isList(value: unknown): boolean {
  return probe(() => Array.isArray(value)) ?? false;
}
