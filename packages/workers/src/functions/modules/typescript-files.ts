import { existsSync } from 'node:fs';
import { sep } from 'node:path';

const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** Whether a path or URL names a file of TypeScript. */
export function isTypeScript(file: string): boolean {
  return /\.[mc]?tsx?$/.test(file.replace(/[?#].*$/, ''));
}

/** Whether a path lies in an installed package, where Node refuses to strip types. */
export function isInstalled(path: string): boolean {
  return path.split(sep).includes('node_modules');
}

/** The TypeScript file that will become a JavaScript file that is not there; undefined without one. */
export function sourceBeside(path: string): string | undefined {
  const [ending = ''] = /\.[mc]?js$/.exec(path) ?? [];
  const stem = path.slice(0, path.length - ending.length);
  return (SOURCES[ending] ?? []).map((source) => stem + source).find((file) => existsSync(file));
}
