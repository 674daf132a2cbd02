import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Compile from './compile-source.js';
import { forChunks } from './for-chunks.js';
import type { LoadedTask } from './loaded-task.js';
import { inheritLoader } from './modules/current-loader.js';
import { loadModule } from './modules/load-module.js';
import type { ModuleReference, SourceText, TaskReference, WithData } from './task-reference.js';

/** What functions in modules do not need. */
const later = createRequire(__filename);

/**
 * Makes a function of a reference, in the worker or wherever it is to run.
 *
 * @throws {@link TaskLoadError} when the module or the text can not be had
 */
export async function loadTask(reference: TaskReference): Promise<LoadedTask> {
  if (reference.kind === 'chunk') return forChunks(await loadTask(reference.of));
  return reference.kind === 'module'
    ? loadModuleTask(reference)
    : loadSourceTask(reference.source, reference.with);
}

export async function loadModuleTask(reference: ModuleReference): Promise<LoadedTask> {
  const fn = await loadModule(reference);
  return { name: reference.name, fn, with: {}, ...loadersFor(fileURLToPath(reference.url)) };
}

export function loadSourceTask(source: SourceText, given?: WithData): LoadedTask {
  const loaders = loadersFor(source.home?.file ?? resolve('noop.js'));
  const { compileSource } = later('./compile-source.js') as typeof Compile;
  const { fn, functions } = compileSource(source, given?.values ?? {}, loaders);
  return { name: source.name, fn, with: { ...given?.values, ...functions }, ...loaders };
}

function loadersFor(file: string): Pick<LoadedTask, 'require' | 'import'> {
  const require = createRequire(file);
  return {
    require,
    import: async (specifier, options) => {
      const url = /^\.{0,2}\//.test(specifier)
        ? new URL(specifier, pathToFileURL(file)).href
        : resolved(require, specifier);
      await inheritLoader();
      return (await import(url, options)) as unknown;
    },
  };
}

/** A package is looked for from the function's file; where only `import` may see it, from here. */
function resolved(require: NodeJS.Require, specifier: string): string {
  if (/^[a-z]+:/i.test(specifier)) return specifier;
  try {
    const path = require.resolve(specifier);
    return path === specifier ? specifier : pathToFileURL(path).href;
  } catch {
    return specifier;
  }
}
