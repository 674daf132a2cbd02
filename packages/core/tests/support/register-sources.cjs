// Lets a plain Node process load the TypeScript sources, as Jest does for the tests: `node --require <this file>`.
const { createHash } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const options = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs', ignoreDynamic: true },
  swcrc: false,
};

/** A sibling's sources share these, whatever conditions Node was started with. */
const core = path.join(__dirname, '../../src');
/** What has been compiled: hundreds of programs are started, and the compiler takes longer to load than all sources. */
const cache = path.join(__dirname, '../../../../node_modules/.cache/proc-sources');

Module._extensions['.ts'] = (module, filename) => {
  module._compile(compiled(filename), filename);
};

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha1').update(`${JSON.stringify(options)}\n${filename}\n${source}`);
  const file = path.join(cache, `${key.digest('hex')}.js`);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const { code } = require('@swc/core').transformSync(source, { ...options, filename });
    keep(file, code);
    return code;
  }
}

/** Nobody ever sees a part of it. Who may not write, or has no room, goes without. */
function keep(file, code) {
  const part = `${file}.${process.pid}`;
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(part, code);
    renameSync(part, file);
  } catch {
    if (existsSync(part)) rmSync(part);
  }
}
const entries = {
  '@proc/core': 'index.ts',
  '@proc/core/essentials': 'essentials.ts',
  '@proc/core/internal': 'internal.ts',
  '@proc/ipc': '../../ipc/src/index.ts',
  '@proc/ipc/client': '../../ipc/src/client.ts',
};

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  if (Object.hasOwn(entries, request)) return path.join(core, entries[request]);
  if (/^\.{1,2}\/.*\.js$/.test(request) && parent?.filename?.endsWith('.ts')) {
    const source = path.resolve(parent.filename, '..', request.replace(/\.js$/, '.ts'));
    if (existsSync(source)) return source;
  }
  return resolve(request, parent, ...rest);
};

// The package of a driver adds it to every manager here, to run these tests on it.
if (process.env.PROC_TEST_SETUP !== undefined) require(process.env.PROC_TEST_SETUP);
