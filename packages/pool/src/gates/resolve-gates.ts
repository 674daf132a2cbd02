import { InvalidArgumentError, type PoolGate, type Size } from '@proc/core';
import { parseShare, parseSize, showValue } from '@proc/core/internal';
import type { GateOptions } from '../contracts/gate-options.js';
import type { Gate } from './gate.js';
import { thisMachine, type Machine } from './machine.js';

/**
 * The gates that options ask for.
 *
 * @throws {@link InvalidArgumentError} for what can not be kept: no size, share or count, or no load average to go by
 */
export function resolveGates(
  options: GateOptions,
  machine: Machine = thisMachine,
): readonly Gate[] {
  const { minFreeMemory, maxLoad, minFreeDescriptors } = options;
  const gates: Gate[] = [];
  const add = (name: PoolGate, isOpen: () => boolean): void => void gates.push({ name, isOpen });
  if (minFreeMemory !== undefined) {
    const least = leastMemory(minFreeMemory, machine.totalMemory);
    add('memory', () => machine.availableMemory() >= least);
  }
  if (maxLoad !== undefined) {
    const most = mostLoad(maxLoad, machine);
    add('load', () => machine.load() <= most);
  }
  if (minFreeDescriptors !== undefined) {
    const least = leastDescriptors(minFreeDescriptors);
    add('descriptors', () => machine.freeDescriptors() >= least);
  }
  return gates;
}

function leastMemory(given: NonNullable<GateOptions['minFreeMemory']>, total: number): number {
  const share = parseShare(given);
  if (share === undefined && typeof given === 'string' && given.endsWith('%')) {
    throw new InvalidArgumentError(
      `minFreeMemory must be a size such as "2GB", or a share above 0% and up to 100%; got ${showValue(given)}.`,
    );
  }
  const least =
    share === undefined ? parseSize(given as Size, 'minFreeMemory') : (total * share) / 100;
  if (least <= total) return least;
  throw new InvalidArgumentError(
    `minFreeMemory is more than all memory there is, ${total} bytes; got ${showValue(given)}.`,
  );
}

function mostLoad(given: unknown, { platform, processors }: Machine): number {
  if (platform === 'win32') {
    throw new InvalidArgumentError(
      'maxLoad goes by the load average, which Windows does not have.',
    );
  }
  const share = parseShare(given, Number.POSITIVE_INFINITY);
  const most = share === undefined ? given : (processors * share) / 100;
  if (typeof most === 'number' && most > 0) return most;
  throw new InvalidArgumentError(
    `maxLoad must be a number above 0, or a share of the processors such as "150%"; got ${showValue(given)}.`,
  );
}

function leastDescriptors(given: unknown): number {
  if (Number.isSafeInteger(given) && (given as number) >= 0) return given as number;
  throw new InvalidArgumentError(
    `minFreeDescriptors must be a whole number from 0; got ${showValue(given)}.`,
  );
}
