const { default: Runtime } = require('jest-runtime');

/** Jest's runtime, with an edit in one of the sources. Of all others, what has been compiled serves every later run. */
module.exports = class MutatingRuntime extends Runtime {
  /** The edit of the runs that begin from now on, `{ file, find, replace }`; nothing on the disk is edited. */
  static edit = undefined;

  constructor(config, environment, resolver, transformer, ...others) {
    super(config, environment, resolver, editing(transformer, MutatingRuntime.edit), ...others);
  }
};

function editing(transformer, edit) {
  if (edit === undefined) return transformer;
  const { file, find, replace } = edit;
  const transform = (name, options, source) => {
    if (name !== file) return transformer.transform(name, options, source);
    // By a function: `$&` in the replacement is to stay what it is. And not with `transform`, which goes by the name
    // of the file, and would give the next run the same.
    const edited = source.replace(find, () => replace);
    return transformer.transformSource(name, edited, { ...options, instrument: false });
  };
  return Object.create(transformer, { transform: { value: transform } });
}
