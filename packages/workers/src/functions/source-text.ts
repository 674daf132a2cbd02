import { Script } from 'node:vm';
import { InvalidArgumentError } from '@proc/core';
import { type FunctionAnalysis, analyzeFunction } from './analysis/analyze-function.js';
import type { FunctionHome, SourceText } from './task-reference.js';
import { Recent } from './shipping/recent.js';

const MOST_TEXTS = 1000;
const texts = new Recent<string, SourceText>(MOST_TEXTS);

/** The one object for a text: another function with the same text at the same place shares it. */
export function sourceText(
  name: string,
  analysis: FunctionAnalysis,
  names: readonly string[],
  functions: Readonly<Record<string, (...args: never[]) => unknown>>,
  home: FunctionHome | undefined,
): SourceText {
  const read = Object.entries(functions).map(([key, fn]) => [key, analyzeFunction(fn)] as const);
  const text: SourceText = {
    kind: 'source',
    name,
    expression: analysis.text,
    names,
    functions: Object.fromEntries(read.map(([key, { text }]) => [key, text])),
    shims: Object.assign(
      {},
      ...[analysis, ...read.map(([, each]) => each)].map(({ shims }) => shims),
    ) as Record<string, string>,
    ...(home && { home: { ...home, column: Math.max(0, home.column - analysis.shift) } }),
  };
  const key = JSON.stringify(text);
  const known = texts.get(key);
  if (known === undefined) texts.set(key, text);
  return known ?? text;
}

/** Names can be used as variables when they are no words of the language. */
export function isVariableName(name: string): boolean {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return false;
  try {
    new Script(`'use strict'; const ${name} = 0;`);
    return true;
  } catch {
    return false;
  }
}

/** @throws {@link InvalidArgumentError} for a function under a name that is no variable */
export function requireVariableNames(names: readonly string[]): void {
  for (const name of names) {
    if (isVariableName(name)) continue;
    throw new InvalidArgumentError(
      `A function in \`with\` needs a name that a variable can have, not "${name}".`,
    );
  }
}
