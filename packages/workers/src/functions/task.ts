import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InvalidArgumentError } from '@proc/core';
import { showValue } from '@proc/core/internal';
import { TaskLoadError } from '../errors/task-load-error.js';
import { ModuleTask } from './module-task.js';
import type { ModuleReference } from './task-reference.js';
import { currentLoader, installedLoader } from './modules/current-loader.js';
import { Recent } from './shipping/recent.js';
import { isTypeScript, sourceBeside } from './modules/typescript-files.js';

const MOST_TASKS = 1000;
const tasks = new Recent<string, ModuleTask>(MOST_TASKS);

/**
 * A function that a worker loads from its module: nothing of it is sent, it may use whatever its module has.
 *
 * @param file - a `file:` URL, best `new URL('./tasks.js', import.meta.url)`, or an absolute path. It may name the
 *   `.js` file that a TypeScript file beside it will become.
 * @param exportName - the export's name
 * @throws {@link InvalidArgumentError} for a relative path or another kind of URL. Whether there is such a file is
 *   looked at on first use.
 * @example
 * import type { resize } from './images.js';
 * const resizing = task<typeof resize>(new URL('./images.js', import.meta.url), 'resize');
 */
export function task<F extends (...args: never[]) => unknown>(
  file: URL | string,
  exportName = 'default',
): ModuleTask<F> {
  const url = fileUrl(file);
  if (typeof exportName !== 'string' || exportName === '') {
    throw new InvalidArgumentError(
      `The name of an export is a text, but this was given: ${showValue(exportName)}.`,
    );
  }
  // Who names a function again and again gets the same task: it crosses once, and its file is looked for once.
  const key = `${url}#${exportName}`;
  const known =
    tasks.get(key) ?? new ModuleTask(url, exportName, () => referenceTo(url, exportName));
  tasks.set(key, known);
  return known as ModuleTask<F>;
}

/** The functions that a module exports, as tasks. */
export type TasksOf<M> = {
  readonly [K in keyof M as M[K] extends (...args: never[]) => unknown ? K : never]: M[K] extends (
    ...args: never[]
  ) => unknown
    ? ModuleTask<M[K]>
    : never;
};

/**
 * All functions of a module as tasks, each made when it is asked for.
 *
 * @example
 * const images = defineTasks<typeof import('./images.js')>(new URL('./images.js', import.meta.url));
 * await pool.submit(images.resize, 'a.png').result;
 * @throws {@link InvalidArgumentError} as {@link task} does
 */
export function defineTasks<M extends object>(file: URL | string): TasksOf<M> {
  const url = fileUrl(file);
  const known = Object.create(null) as Record<string, ModuleTask>;
  return new Proxy(known as TasksOf<M>, {
    get(_, name) {
      // Whoever looks whether this is a promise gets no task.
      if (typeof name === 'symbol' || name === 'then') return undefined;
      return (known[name] ??= task(url, name));
    },
  });
}

function fileUrl(file: URL | string): string {
  const text = file instanceof URL ? file.href : file;
  if (typeof text === 'string') {
    if (text.startsWith('file:')) return new URL(text).href;
    if (isAbsolute(text)) return pathToFileURL(text).href;
  }
  throw new InvalidArgumentError(
    `The module of a task is given as a file: URL or an absolute path, like ` +
      `new URL('./tasks.js', import.meta.url), but this was given: ${showValue(file)}.`,
  );
}

function referenceTo(url: string, exportName: string): ModuleReference {
  const given = new URL(url);
  const path = fileURLToPath(given);
  const file = existsSync(path) ? path : sourceBeside(path);
  if (file === undefined) {
    throw new TaskLoadError(`There is no file ${path}, which a task names.`, url, exportName);
  }
  const target = pathToFileURL(file);
  target.search = given.search;
  const loader = isTypeScript(file) ? (currentLoader() ?? installedLoader(file)) : undefined;
  return {
    kind: 'module',
    name: exportName === 'default' ? file.replace(/^.*[\\/]/, '') : exportName,
    url: target.href,
    exportName,
    ...(loader && { loader }),
  };
}
