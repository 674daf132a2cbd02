import { didYouMean } from '../command/nearest.js';
import { shorten } from '../diagnostics/show-value.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import type { Configuration } from '../kernel/configuration.js';
import { isProcessConfig, isProcessValue } from './define-process-config.js';

const SECTION = 'process';

/**
 * Refuses what is meant for the configuration of processes and stands where nobody would read it: beside the section,
 * in one whose name is misspelt, or under a dotted path. Whatever else there is belongs to others, and so does a key
 * that somebody has added defaults for. A value that is wrong as well is no excuse.
 *
 * @throws {@link ConfigurationError} naming the key, and where it belongs
 */
export function refuseMisplaced(config: Configuration): void {
  for (const key of config.keys) {
    if (key === SECTION || config.hasDefaults(key)) continue;
    const value = config.get(key);
    if (key.startsWith(`${SECTION}.`)) {
      refuse(key, `Paths are for reading: write ${nested(key.split('.'))}.`);
    }
    if (isProcessValue(key, value)) {
      refuse(
        key,
        `It belongs below ${SECTION}: write ${nested([SECTION, key])}. (A provider that reads such a key of its own gives it a default by mergeConfig().)`,
      );
    }
    const hint = didYouMean(key, [SECTION]);
    if (hint !== '' && isProcessConfig(value)) refuse(key, hint.trimStart());
  }
}

function nested(keys: readonly string[]): string {
  return keys.reduceRight((inner, key) => `{ ${shorten(key)}: ${inner} }`, '…');
}

function refuse(key: string, advice: string): never {
  throw new ConfigurationError(
    `The configuration of the application has the key ${shorten(key)}, which nobody reads. ${advice}`,
  );
}
