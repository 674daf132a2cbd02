import { readFileSync } from 'node:fs';
import type { ResourceLimits } from '../contracts/resource-limits.js';
import { unpolluted } from '../kernel/unpolluted.js';

/** The limits that this process, and so what it starts, may not exceed without a right to. */
export type HardLimits = Readonly<Record<keyof ResourceLimits, number>>;

/** As `/proc/self/limits` calls them. */
const NAMES: Readonly<Record<keyof ResourceLimits, string>> = {
  cpuSeconds: 'Max cpu time',
  memoryBytes: 'Max address space',
  files: 'Max open files',
  processes: 'Max processes',
};

/** Our hard limits; `undefined` where the system does not tell (it needs Linux' `/proc`). */
export function hardLimits(): HardLimits | undefined {
  let table: string;
  try {
    table = unpolluted(() => readFileSync('/proc/self/limits', 'latin1'));
  } catch {
    return undefined;
  }
  return hardLimitsIn(table);
}

/** The hard limits in the text of `/proc/self/limits`; one that is not in it counts as 0. */
export function hardLimitsIn(table: string): HardLimits {
  const of = (name: string): number => {
    const row = table.split('\n').find((line) => line.startsWith(`${name} `));
    const hard = row?.slice(name.length).trim().split(/\s+/)[1];
    return hard === 'unlimited' ? Infinity : Number(hard ?? 0);
  };
  return {
    cpuSeconds: of(NAMES.cpuSeconds),
    memoryBytes: of(NAMES.memoryBytes),
    files: of(NAMES.files),
    processes: of(NAMES.processes),
  };
}
