import { InvalidArgumentError } from '@proc/core';
import type { PipefailPolicy, PipelineMode } from './pipeline-options.js';

const MODES: readonly PipelineMode[] = ['sequential', 'streaming'];
const POLICIES: readonly PipefailPolicy[] = ['strict', 'tolerant', 'last'];

/** @throws {@link InvalidArgumentError} for any other */
export function knownMode(mode: PipelineMode): PipelineMode {
  return oneOf(MODES, mode, 'mode');
}

/** @throws {@link InvalidArgumentError} for any other */
export function knownPolicy(policy: PipefailPolicy): PipefailPolicy {
  return oneOf(POLICIES, policy, 'policy of pipefail');
}

function oneOf<Value extends string>(known: readonly Value[], value: Value, what: string): Value {
  if (known.includes(value)) return value;
  throw new InvalidArgumentError(
    `The ${what} is one of ${known.map((name) => `"${name}"`).join(', ')}; got "${value}".`,
  );
}
