const path = require('node:path');
const swc = require('@swc/jest');

// In the environment, and not in the configuration: of all sources but one, what is compiled once serves every run.
const { package: name = 'testing', file, find, replace } = JSON.parse(process.env.MUTATION ?? '{}');
const edited = file && path.join(__dirname, '../../packages', name, 'src', file);

/** Compiles as `@swc/jest` does, with one edit in one file. */
module.exports = {
  createTransformer(options) {
    const inner = swc.createTransformer(options);
    const sourceOf = (source, name) =>
      // By a function: `$&` in the replacement is to stay what it is.
      name === edited ? source.replace(find, () => replace) : source;
    return {
      canInstrument: inner.canInstrument,
      getCacheKey: (source, name, ...rest) =>
        inner.getCacheKey(sourceOf(source, name), name, ...rest),
      process: (source, name, ...rest) => inner.process(sourceOf(source, name), name, ...rest),
    };
  },
};
