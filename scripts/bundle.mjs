/**
 * `node ../../scripts/bundle.mjs`, in the directory of a package: writes the JavaScript of its `dist`, beside the
 * declarations of `tsc`.
 *
 * Each entry becomes one file, and what several of them share becomes files in `parts`: a package of hundreds of
 * small files would take its users nearly twice as long to load. Entries are those of `exports` in package.json, the
 * programs that are started by their path, and what is loaded late. What is no file of the package stays outside. A
 * large entry has a small one in front of it.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { rollup } from 'rollup';
import { entriesOf } from './bundle/entries.mjs';
import { filesBelow } from './bundle/files-below.mjs';
import { putFront } from './bundle/front.mjs';
import { nameOf, sources } from './bundle/sources.mjs';
import { transpile } from './bundle/transpile.mjs';

const SRC = resolve('src');
const DIST = resolve('dist');

const { modules, scripts, exported } = entriesOf(
  SRC,
  JSON.parse(readFileSync('package.json', 'utf8')),
);
removeOld();
for (const file of modules) writeModule(file);
const bundle = await rollup({
  input: Object.fromEntries(scripts.map((file) => [nameOf(SRC, file), file])),
  external: (id) => !id.startsWith('.') && !id.startsWith(SRC),
  plugins: [sources(SRC)],
  // As TypeScript's decorators have it.
  context: 'this',
  // The statements of the sources, and all of them.
  treeshake: false,
  onwarn: (warning) => {
    throw new Error(warning.message);
  },
});
const { output } = await bundle.write({
  dir: DIST,
  format: 'cjs',
  exports: 'named',
  esModule: true,
  interop: 'auto',
  externalLiveBindings: false,
  hoistTransitiveImports: false,
  // No arrow functions: Node would not find the names of `export *` in them.
  generatedCode: { constBindings: true, objectShorthand: true },
  // An `export *` would have `__proto__` among its names.
  reexportProtoFromExternal: false,
  entryFileNames: '[name].js',
  // What is loaded late has its own name; what is shared is of many files, and has that of none.
  chunkFileNames: ({ facadeModuleId }) =>
    `parts/${facadeModuleId === null ? 'shared' : '[name]'}.js`,
  sourcemap: true,
  sourcemapExcludeSources: true,
});
await bundle.close();
for (const chunk of output) if (exported.includes(chunk.facadeModuleId)) putFront(DIST, chunk);

/** What is an ES module for its users stays one file; what it imports are entries of their own. */
function writeModule(file) {
  const { code, map } = transpile(readFileSync(file, 'utf8'), file);
  const target = join(DIST, `${nameOf(SRC, file)}.mjs`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, `${code}//# sourceMappingURL=${basename(target)}.map\n`);
  const source = relative(dirname(target), file).replaceAll(sep, '/');
  writeFileSync(
    `${target}.map`,
    JSON.stringify({ ...JSON.parse(map), file: basename(target), sources: [source] }),
  );
}

/** Those of an earlier build: files that exist no more would be published. */
function removeOld() {
  if (!existsSync(DIST)) return;
  for (const file of filesBelow(DIST))
    if (/\.m?js(\.map)?$/.test(file) || isLeft(file)) rmSync(file);
}

/** `tsc` leaves the declarations of what is no longer among the sources. */
function isLeft(file) {
  const [, path, ending] = /^(.*)\.d(\.m?ts)(\.map)?$/.exec(relative(DIST, file)) ?? [];
  return path !== undefined && !existsSync(join(SRC, path + ending));
}
