import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { taskLoadError } from '../../errors/late-errors.js';
import type { ModuleReference, TypeScriptLoader } from '../task-reference.js';
import { inheritLoader } from './current-loader.js';
import { isInstalled, isTypeScript } from './typescript-files.js';

type Callable = (...args: unknown[]) => unknown;

/**
 * The function that a reference names, from its module in whatever format that is.
 *
 * @throws {@link TaskLoadError} when the module can not be loaded or has no such function
 */
export async function loadModule(reference: ModuleReference): Promise<Callable> {
  const { url, exportName, loader } = reference;
  const path = fileURLToPath(url);
  let module: object;
  try {
    await inheritLoader(loader);
    module = await namespaceOf(url, loader);
  } catch (cause) {
    throw taskLoadError(loadMessage(path, reference, cause), url, exportName, { cause });
  }
  const found = await exported(module, exportName);
  if (typeof found === 'function') return found as Callable;
  throw taskLoadError(exportMessage(path, exportName, found, module), url, exportName);
}

/**
 * Loaders that work on `require` do not see what is imported. What can only be CommonJS needs nothing of `import`,
 * which takes milliseconds to begin with in each worker.
 */
async function namespaceOf(url: string, loader: TypeScriptLoader | undefined): Promise<object> {
  if (loader === undefined && url.endsWith('.cjs')) return required(fileURLToPath(url));
  if (loader === undefined || loader.name === 'tsx') return (await import(url)) as object;
  const path = fileURLToPath(url);
  try {
    return required(path);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_REQUIRE_ESM') throw error;
    return (await import(url)) as object;
  }
}

function required(path: string): object {
  return { default: createRequire(path)(path) as unknown };
}

/** Also what a compiler put below `default`, and the result of a module that becomes ready later. */
async function exported(module: object, name: string): Promise<unknown> {
  for (const place of await placesOf(module)) {
    const value: unknown = await Reflect.get(place, name);
    if (typeof value === 'function') return value;
  }
  const [whole] = await placesOf(module);
  if (name !== 'default') return whole && (await Reflect.get(whole, name));
  return Reflect.get(module, 'default');
}

/** The namespace, and the objects below `default` that a CommonJS module is seen as. */
async function placesOf(module: object): Promise<readonly object[]> {
  const below = (await Reflect.get(module, 'default')) as unknown;
  if (!isObject(below)) return [module];
  const compiled: unknown = Reflect.get(below, 'default');
  return isObject(compiled) ? [module, below, compiled] : [module, below];
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function exportMessage(path: string, name: string, found: unknown, module: object): string {
  const names = namesOf(module);
  const available =
    names.length === 0 ? 'It exports no function.' : `Its functions: ${names.join(', ')}.`;
  return found === undefined
    ? `The module ${path} has no export "${name}". ${available}`
    : `The export "${name}" of ${path} is no function but ${article(found)}. ${available}`;
}

function namesOf(module: object): readonly string[] {
  const below: unknown = Reflect.get(module, 'default');
  const places = isObject(below) && typeof below === 'object' ? [module, below] : [module];
  const names = places.flatMap((place) =>
    Object.keys(place).filter((name) => typeof Reflect.get(place, name) === 'function'),
  );
  return [...new Set(names)].filter((name) => name !== 'module.exports');
}

function article(value: unknown): string {
  if (value === null) return 'null';
  const type = typeof value;
  return type === 'object' ? 'an object' : `a ${type}`;
}

function loadMessage(path: string, { loader }: ModuleReference, cause: unknown): string {
  const why = String((cause as { message?: unknown } | null)?.message ?? cause);
  const begin = `The module ${path} could not be loaded: ${why}`;
  if (!isTypeScript(path)) return begin;
  if (isInstalled(path)) {
    return `${begin}\nNode does not load TypeScript from node_modules: name the package's compiled file.`;
  }
  const code: unknown = (cause as { code?: unknown } | null)?.code;
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    return (
      `${begin}\nNode itself only strips types: start the program with tsx, ts-node or @swc-node/register, ` +
      `or name the compiled file.`
    );
  }
  const unread = code === 'ERR_UNKNOWN_FILE_EXTENSION' || (cause as object) instanceof SyntaxError;
  if (loader !== undefined || !unread) return begin;
  return (
    `${begin}\nNothing here can read TypeScript: start the program with tsx, ts-node or @swc-node/register, ` +
    `install one of these, use Node 22.18 or later, or name the compiled file.`
  );
}
