import { types } from 'node:util';
import { InvalidArgumentError } from '@proc/core';
import { showValue } from '@proc/core/internal';
import { isModuleTask, type ModuleTask } from '../functions/module-task.js';
import type { TaskCall } from './task-call.js';

/** Decides by a call. */
export type TaskPredicate = (call: TaskCall) => boolean;

/**
 * Which tasks are meant:
 *
 * - a string: the exact name, or with `*` for any run of characters
 * - a RegExp: searched for in the name
 * - what `task()` gave: this export of this module
 * - a function: whatever it says
 */
export type TaskPattern = string | RegExp | ModuleTask | TaskPredicate;

/** @throws {@link InvalidArgumentError} for what can mean no task */
export function requirePattern(pattern: unknown): void {
  if (typeof pattern === 'string' || typeof pattern === 'function') return;
  if (types.isRegExp(pattern) || isModuleTask(pattern)) return;
  throw new InvalidArgumentError(
    `Which tasks are meant is said by a name, a RegExp, what task() gave or a function; got ${showValue(pattern)}.`,
  );
}

/** Whether a pattern means this call. */
export function matchesCall(pattern: TaskPattern, call: TaskCall): boolean {
  if (typeof pattern === 'function') return pattern(call);
  if (isModuleTask(pattern)) return isSameExport(pattern, call);
  if (typeof pattern === 'string') return matchesName(pattern, call.name);
  // Without the state that a global or sticky expression keeps from one search to the next.
  return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(call.name);
}

/** A pattern as it would be written. */
export function describeTaskPattern(pattern: TaskPattern): string {
  if (typeof pattern === 'string') return `"${pattern}"`;
  if (isModuleTask(pattern)) {
    const { name, url } = pattern.reference();
    return `"${name}" of ${url}`;
  }
  if (typeof pattern === 'function') {
    return pattern.name === '' ? 'a predicate' : `the predicate ${pattern.name}`;
  }
  return String(pattern);
}

/** How narrowly a name chooses: an exact one before any wildcard, and of those the one with more text. */
export function nameSpecificity(name: string): number {
  return name.includes('*') ? name.replaceAll('*', '').length : Infinity;
}

function isSameExport(task: ModuleTask, { reference }: TaskCall): boolean {
  const { url, exportName } = task.reference();
  return (
    reference?.kind === 'module' && reference.url === url && reference.exportName === exportName
  );
}

function matchesName(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name;
  const parts = pattern.split(/\*+/).map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
