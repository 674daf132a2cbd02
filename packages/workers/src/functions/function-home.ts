import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { CallSite } from '@proc/core/internal';
import { functionPosition } from './analysis/captured-values.js';
import type { FunctionAnalysis } from './analysis/analyze-function.js';
import { originOf } from './analysis/origin.js';
import { type Place, scriptFile } from './analysis/script-place.js';
import type { FunctionHome } from './task-reference.js';
import { Recent } from './shipping/recent.js';

type Callable = (...args: never[]) => unknown;

const MOST_FILES = 100;
const files = new Recent<string, readonly string[]>(MOST_FILES);

/**
 * Where a function was written. Exact where its file has its text as the engine has it; else, when its home matters,
 * found by asking the engine for all scripts; else the place of the call.
 */
export function homeOf(fn: Callable, analysis: FunctionAnalysis): FunctionHome | undefined {
  const call = callPlace();
  const exact = call && exactHome(fn, call.file);
  if (exact !== undefined) return exact;
  const origin = analysis.needsHome ? originOf(fn) : undefined;
  const place = origin?.place ?? call;
  // `[eval]` and `REPL1` are no files, from which anything could be loaded.
  if (place === undefined || !isAbsolute(place.file)) return undefined;
  return { file: place.file, line: place.line - 1, column: 0 };
}

/** The first frame outside of ours. */
function callPlace(): Place | undefined {
  const probe = new Error();
  CallSite.capture(homeOf).pointTo(probe);
  const [, , location = ''] = /^\s+at (.*\()?(.*:\d+:\d+)\)?$/m.exec(probe.stack ?? '') ?? [];
  const [, file, line] = /^(.*):(\d+):\d+$/.exec(location) ?? [];
  if (file === undefined || file.startsWith('node:')) return undefined;
  return { file: scriptFile(file), line: Number(line) };
}

function exactHome(fn: Callable, file: string): FunctionHome | undefined {
  const position = functionPosition(fn);
  if (position === undefined) return undefined;
  const { line, column } = position;
  const found = linesOf(file)[line];
  const [first = ''] = Function.prototype.toString.call(fn).split('\n', 1);
  // The engine counts from the parameters on.
  for (const skipped of [0, first.indexOf('(')]) {
    const begin = column - skipped;
    if (skipped >= 0 && begin >= 0 && found?.startsWith(first, begin) === true) {
      return { file, line, column: begin };
    }
  }
  return undefined;
}

function linesOf(file: string): readonly string[] {
  let lines = files.get(file);
  if (lines === undefined) {
    try {
      lines = readFileSync(file, 'utf8').split(/\r?\n/);
    } catch {
      lines = [];
    }
    files.set(file, lines);
  }
  return lines;
}
