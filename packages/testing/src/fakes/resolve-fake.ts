import { InvalidArgumentError, ProcError, type LaunchSpec } from '@proc/core';
import { plainCommandLine } from '@proc/core/internal';
import { types } from 'node:util';
import { isFakeOutput } from './fake-output.js';
import type { FakeHandler } from './fake-handler.js';
import { FakeProcessDescription } from './fake-process-description.js';
import { FakeProcessResult } from './fake-process-result.js';
import { FakeProcessSequence } from './fake-process-sequence.js';
import { EMPTY_SCRIPT, type FakeScript } from './fake-script.js';

/**
 * What a handler has decided for one start.
 *
 * @throws {@link SequenceEmptyError} for a sequence that is used up
 * @throws {@link InvalidArgumentError} for a value that stands for no process
 */
export async function resolveFake(handler: FakeHandler, launch: LaunchSpec): Promise<FakeScript> {
  if (typeof handler === 'function') {
    return resolveFake(await handler(launch.spec, launch), launch);
  }
  if (handler instanceof FakeProcessSequence) {
    return resolveFake(handler.next(plainCommandLine(launch.spec.command)), launch);
  }
  if (handler instanceof FakeProcessResult || handler instanceof FakeProcessDescription) {
    return handler.toScript();
  }
  if (typeof handler === 'number') return new FakeProcessResult({ exitCode: handler }).toScript();
  if (types.isNativeError(handler) || ProcError.is(handler)) {
    return { ...EMPTY_SCRIPT, startError: handler };
  }
  if (isFakeOutput(handler)) return new FakeProcessResult({ output: handler }).toScript();
  throw new InvalidArgumentError(
    `The fake of [${plainCommandLine(launch.spec.command)}] is ${describe(handler)}; expected output, an exit code, ` +
      'an error, a result, a description or a sequence.',
  );
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list of other things than lines';
  return typeof value === 'object'
    ? 'an object that is no result (result({ output, errorOutput, exitCode }) makes one)'
    : `of type ${typeof value}`;
}
