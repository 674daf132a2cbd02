import { InvalidArgumentError, ProcError, type LaunchSpec } from '@proc/core';
import { plainCommandLine } from '@proc/core/internal';
import { types } from 'node:util';
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
  if (handler instanceof FakeProcessSequence) return resolveFake(handler.next(), launch);
  if (handler instanceof FakeProcessResult || handler instanceof FakeProcessDescription) {
    return handler.toScript();
  }
  if (typeof handler === 'number') return new FakeProcessResult({ exitCode: handler }).toScript();
  if (types.isNativeError(handler) || ProcError.is(handler)) {
    return { ...EMPTY_SCRIPT, startError: handler };
  }
  if (isOutput(handler)) return new FakeProcessResult({ output: handler }).toScript();
  throw new InvalidArgumentError(
    `The fake of [${plainCommandLine(launch.spec.command)}] is ${describe(handler)}; expected output, an exit code, ` +
      'an error, a result, a description or a sequence.',
  );
}

function isOutput(value: unknown): value is string | readonly string[] | Uint8Array {
  if (typeof value === 'string' || types.isUint8Array(value)) return true;
  return Array.isArray(value) && value.every((line) => typeof line === 'string');
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? 'a list of other things than lines' : `of type ${typeof value}`;
}
