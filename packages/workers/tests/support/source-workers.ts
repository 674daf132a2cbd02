import path from 'node:path';

/** Lets workers load the TypeScript sources, as Jest does for the tests. */
export const SOURCE_WORKERS = [
  '--require',
  path.join(__dirname, '../../../core/tests/support/register-sources.cjs'),
];
