import { dirname, relative, resolve, sep } from 'node:path';
import { transpile } from './transpile.mjs';

// What is imported by a call is no file of the package, and may have options, which Rollup would leave out. The name is
// as long, for the source maps.
const HIDDEN = 'imp_rt(';

/** What loads a file of the package where nobody sees it. */
const LOST = /\b(createRequire\(__filename\)|require|imp_rt)\('\.{1,2}\/[^']*'/;

/** The path of an entry below `dist`, without its extension, and with slashes everywhere. */
export function nameOf(src, file) {
  return relative(src, file)
    .replace(/\.m?ts$/, '')
    .replaceAll(sep, '/');
}

/** A plugin of Rollup: reads TypeScript where the sources say `.js`. */
export function sources(src) {
  return {
    name: 'sources',
    resolveId: (id, importer) =>
      importer !== undefined && id.startsWith('.')
        ? resolve(dirname(importer), id.replace(/\.js$/, '.ts'))
        : null,
    transform(text, file) {
      const { code, map } = transpile(text, file);
      return {
        code: entriesOfLater(withNames(code).replace(/\bimport\(/g, HIDDEN), file, this),
        map,
      };
    },
    resolveFileUrl: ({ relativePath }) =>
      JSON.stringify(relativePath.startsWith('.') ? relativePath : `./${relativePath}`),
    renderChunk: (code) => ({ code: code.replaceAll(HIDDEN, 'import('), map: null }),
  };

  /**
   * Errors tell by their names what they are, also across copies of a package: what makes the code of an application
   * small must not give two of them the same one.
   */
  function withNames(code) {
    return code.replace(
      /\bclass (\w+Error) extends \w+ \{/g,
      (head, name) => `${head} static get name() { return '${name}'; }`,
    );
  }

  /** `later('./file.js')` loads a file that nobody waits for before: it becomes an entry. */
  function entriesOfLater(code, importer, context) {
    const lost = code.replace(/\blater\('/g, '').match(LOST);
    if (lost !== null) {
      context.error(`${lost[0]}…) in ${nameOf(src, importer)} is not found in dist: use later()`);
    }
    return code.replace(/\blater\('(\.[^']+)\.js'\)/g, (_, path) => {
      const id = resolve(dirname(importer), `${path}.ts`);
      const entry = context.emitFile({ type: 'chunk', id, name: nameOf(src, id) });
      // What joins an application to one file sees it then.
      return `require(import.meta.ROLLUP_FILE_URL_${entry})`;
    });
  }
}
