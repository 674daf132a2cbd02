import { createRequire } from 'node:module';
import type * as ExecaModule from 'execa' with { 'resolution-mode': 'import' };
import { DriverUnavailableError } from '../errors/driver-unavailable-error.js';

/** What says that this process, or the system, is short of something, not that execa is missing. */
const EXHAUSTED: ReadonlySet<unknown> = new Set(['EMFILE', 'ENFILE', 'ENOMEM']);

/**
 * Loads execa.
 *
 * By `require()`, where the host has it for ESM: `import()` opens files by the dozen, and when descriptors run out on
 * the way, Node 20 gives the same error ever after.
 *
 * @throws the system's error when descriptors or memory are short: it may be tried again
 * @throws {@link DriverUnavailableError} when there is no execa, or the host can not load it
 */
export async function loadExeca(): Promise<typeof ExecaModule> {
  try {
    return createRequire(__filename)('execa') as typeof ExecaModule;
  } catch (error) {
    const shortage = shortageIn(error);
    if (shortage !== undefined) throw shortage;
  }
  try {
    return await import('execa');
  } catch (cause) {
    const shortage = shortageIn(cause);
    if (shortage !== undefined) throw shortage;
    throw new DriverUnavailableError(
      'execa',
      'the "execa" package could not be imported. Where the host has no dynamic import (Jest without ' +
        '--experimental-vm-modules), use the driver "node": set PROC_DRIVER=node, configure { default: \'node\' }, ' +
        "or call .driver('node'). Otherwise install it: npm install execa@^9.6.1.",
      { cause },
    );
  }
}

/** The system's error where that is what it was. */
function shortageIn(error: unknown): Error | undefined {
  const { code, message } = (error ?? {}) as {
    readonly code?: unknown;
    readonly message?: unknown;
  };
  if (EXHAUSTED.has(code)) return error as Error;
  // Node 24 takes a `package.json` that it can not open for one that is wrong.
  const isMistaken = code === 'ERR_INVALID_PACKAGE_CONFIG';
  if (!isMistaken || !/too many open files/i.test(String(message))) return undefined;
  return Object.assign(new Error(String(message), { cause: error }), { code: 'EMFILE' });
}
