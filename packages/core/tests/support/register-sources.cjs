// Lets a plain Node process load the TypeScript sources, as Jest does for the tests: `node --require <this file>`.
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');

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

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename });
  module._compile(code, filename);
};

/** A sibling's sources share these, whatever conditions Node was started with. */
const core = path.join(__dirname, '../../src');
const entries = { '@proc/core': 'index.ts', '@proc/core/internal': 'internal.ts' };

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
