import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { filesBelow } from './files-below.mjs';
import { transpile } from './transpile.mjs';

/**
 * The files of a package that somebody else begins with.
 *
 * @returns `exported`, those that package.json names; `modules`, those of them that are ES modules for their users; and
 *   `scripts`, all that are none
 */
export function entriesOf(src, { exports }) {
  const exported = Object.values(exports).flatMap(({ default: built }) =>
    built === undefined ? [] : [sourceOf(src, built)],
  );
  const modules = exported.filter((file) => file.endsWith('.mts'));
  const started = filesBelow(src).filter((file) => /(process|thread|fork)-entry\.ts$/.test(file));
  const scripts = [
    ...exported.filter((file) => !modules.includes(file)),
    ...started,
    ...modules.flatMap(importsOf),
  ];
  return { modules, scripts: [...new Set(scripts)], exported };
}

function sourceOf(src, built) {
  const file = join(src, built.replace('./dist/', '').replace(/js$/, 'ts'));
  if (!existsSync(file)) throw new Error(`package.json exports ${built}, but there is no ${file}.`);
  return file;
}

function importsOf(file) {
  const { code } = transpile(readFileSync(file, 'utf8'), file);
  return [...code.matchAll(/\bfrom '(\.[^']+)\.js'/g)].map(([, path]) =>
    resolve(dirname(file), `${path}.ts`),
  );
}
