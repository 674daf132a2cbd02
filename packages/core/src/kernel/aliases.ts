import type { ServiceIdentifier } from 'inversify';
import { didYouMean } from '../command/nearest.js';
import { ProviderError } from '../errors/provider-error.js';

/** Laravel-style names that exist without being registered, with what has to be registered for them to resolve. */
const WELL_KNOWN: Readonly<Record<string, string>> = {
  process: 'ProcessServiceProvider of @proc/core',
  'process.manager': 'ProcessServiceProvider of @proc/core',
  'process.pool': 'PoolServiceProvider of @proc/pool',
  'process.pipe': 'PipeServiceProvider of @proc/pipe',
  'process.events': 'ProcessServiceProvider of @proc/core',
  'process.workers': 'WorkersServiceProvider of @proc/workers',
  'process.ipc': 'IpcServiceProvider of @proc/ipc',
};

/** String names for tokens, as in `app.get('process.manager')`. */
export class Aliases {
  readonly #tokens = new Map<string, ServiceIdentifier>();

  set(name: string, token: ServiceIdentifier): void {
    this.#tokens.set(name, token);
  }

  has(name: string): boolean {
    return this.#tokens.has(name);
  }

  /**
   * The token of a name.
   *
   * @throws {@link ProviderError} for an unknown name; says which provider brings it, or the nearest name
   */
  resolve(name: string): ServiceIdentifier {
    const token = this.#tokens.get(name);
    if (token !== undefined) return token;
    const provider = Object.hasOwn(WELL_KNOWN, name) ? WELL_KNOWN[name] : undefined;
    const advice =
      provider === undefined
        ? `Known names: ${[...this.#tokens.keys()].join(', ')}.${didYouMean(name, this.#tokens.keys())}`
        : `Register ${provider}.`;
    throw new ProviderError(`No service is registered under the name "${name}". ${advice}`);
  }
}
