import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Of so many characters Node takes longer to look for names than to load a file more. */
const LARGE = 30_000;

/** Whether an object can have an export in short: what strict code can call a variable, which `default` is not. */
function isName(text) {
  if (!/^[A-Za-z_$][\w$]*$/.test(text)) return false;
  try {
    new Function(`'use strict'; ({ ${text} });`);
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts a small file in front of a large entry: what `import` gets by name has to be known before anything runs, and
 * Node looks through all of a CommonJS file for it. Nothing else changes: both give the same object.
 */
export function putFront(dist, { code, exports, fileName, name }) {
  if (code.length < LARGE || !exports.every(isName)) return;
  const directory = dirname(join(dist, fileName));
  const own = basename(fileName);
  const whole = `${basename(name)}-whole.js`;
  const moved = join(directory, whole);
  renameSync(join(directory, own), moved);
  renameSync(join(directory, `${own}.map`), `${moved}.map`);
  replaceIn(moved, `sourceMappingURL=${own}.map`, `sourceMappingURL=${whole}.map`);
  replaceIn(`${moved}.map`, `"file":"${own}"`, `"file":"${whole}"`);
  writeFileSync(join(directory, own), frontOf(whole, ['__esModule', ...exports]));
}

function replaceIn(file, before, after) {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(before)) throw new Error(`There is no ${before} in ${file}.`);
  writeFileSync(file, text.replace(before, after));
}

function frontOf(whole, names) {
  return `'use strict';

const whole = require('./${whole}');

module.exports = whole;

// Never runs: names for \`import\`.
0 && (module.exports = { ${names.join(', ')} });
`;
}
