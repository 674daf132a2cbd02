import { createRequire, register } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import type { TypeScriptLoader } from '../task-reference.js';

/** A loader: how a command line names it, and what is loaded to have it. */
interface KnownLoader {
  readonly name: TypeScriptLoader['name'];
  readonly pattern: RegExp;
  readonly entry: string;
}

const LOADERS: readonly KnownLoader[] = [
  { name: 'tsx', pattern: /(^|[\\/])tsx([\\/]|$)/, entry: 'tsx' },
  { name: 'ts-node', pattern: /(^|[\\/])ts-node([\\/]|$)/, entry: 'ts-node/register' },
  { name: 'swc', pattern: /@swc-node[\\/]register/, entry: '@swc-node/register' },
];

/** How this process was told to load a loader, in words of its command line. */
const LOADING = /^(?:--require|-r|--import|--loader|--experimental-loader)$/;

/**
 * What makes this process able to load TypeScript, so that a worker can be given the same; undefined where there is
 * nothing of that kind, or where Node does it itself.
 */
export function currentLoader(
  words: readonly string[] = [...process.execArgv, ...nodeOptions(process.env['NODE_OPTIONS'])],
): TypeScriptLoader | undefined {
  for (const word of loadedModules(words)) {
    const known = LOADERS.find(({ pattern }) => pattern.test(word));
    if (known !== undefined) return { name: known.name, from: whereFrom(word) };
  }
  // It may have been registered by a program of its own instead.
  const inUse = Symbol.for('ts-node.register.instance') in process;
  return inUse ? { name: 'ts-node', from: anchor() } : undefined;
}

/**
 * A loader that a file of TypeScript finds among its packages: for a program that compiles what it reads only for
 * itself, as test runners do, under a Node that does not strip types. Undefined where Node does.
 */
export function installedLoader(
  file: string,
  strips = Boolean(Reflect.get(process.features, 'typescript')),
): TypeScriptLoader | undefined {
  if (strips) return undefined;
  const found = LOADERS.find(({ entry }) => isFound(entry, file));
  return found && { name: found.name, from: file };
}

function isFound(entry: string, from: string): boolean {
  try {
    createRequire(from).resolve(entry);
    return true;
  } catch {
    return false;
  }
}

function loadedModules(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const [, joined] = /^(?:--[a-z-]+|-r)=(.+)$/.exec(word) ?? [];
    if (joined !== undefined) return [joined];
    return LOADING.test(word) ? (words[index + 1] ?? []) : [];
  });
}

function nodeOptions(text: string | undefined): readonly string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

/** A file beside which the loader's package is found: the loader's own where its path is known. */
function whereFrom(word: string): string {
  if (word.startsWith('file:')) return fileURLToPath(word);
  if (/^[./\\]|^[a-z]:/i.test(word)) return resolve(word);
  return anchor();
}

function anchor(): string {
  return resolve('noop.js');
}

const registered = new Set<string>();

/** Threads of Node 20 share no loaders of modules with the main thread, and tsx does nothing in them by itself. */
const IS_LEFT_OUT = !isMainThread && process.versions.node.startsWith('20.');

/**
 * Teaches this thread to load what its parent can load, where its command line has not done so.
 *
 * @throws whatever the loader throws, as when its package is not there
 */
export async function inheritLoader(ofParent?: TypeScriptLoader): Promise<void> {
  const own = currentLoader();
  if (IS_LEFT_OUT && own?.name === 'tsx') await registerLoader(own);
  else if (ofParent !== undefined && own?.name !== ofParent.name) await registerLoader(ofParent);
}

async function registerLoader({ name, from }: TypeScriptLoader): Promise<void> {
  if (registered.has(name)) return;
  const load = createRequire(from);
  if (name !== 'tsx') load(LOADERS.find((known) => known.name === name)?.entry ?? name);
  else if (IS_LEFT_OUT) {
    load('tsx/cjs');
    register(pathToFileURL(load.resolve('tsx/esm')).href, { data: {} });
  }
  // The same as `--import tsx`.
  else await import(pathToFileURL(load.resolve('tsx')).href);
  registered.add(name);
}
