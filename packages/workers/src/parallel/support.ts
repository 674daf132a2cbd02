import type { WorkerType } from './parallel-options.js';

/**
 * Whether workers of a kind can be started here: Node may have been told to allow no processes or threads. Functions
 * run inline anywhere.
 *
 * @param permitted - asks Node's permission model, where it is on
 */
export function isSupported(
  type: WorkerType,
  permitted: (scope: 'child' | 'worker') => boolean = permission,
): boolean {
  if (type === 'inline') return true;
  return permitted(type === 'process' ? 'child' : 'worker');
}

function permission(scope: 'child' | 'worker'): boolean {
  const model = (process as { permission?: { has(scope: string): boolean } }).permission;
  return model?.has(scope) ?? true;
}
