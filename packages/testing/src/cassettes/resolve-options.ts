import { InvalidArgumentError } from '@proc/core';
import { didYouMean, readObject } from '@proc/core/internal';
import type { CassetteOptions } from './cassette-options.js';

const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  timing: [true, false, undefined],
  unused: ['ignore', 'fail', undefined],
};
const NAMES: readonly string[] = ['mode', 'match', 'scrub', 'timing', 'unused', 'target'];
const MATCH_CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  cwd: ['relative', 'ignore', undefined],
  input: ['hash', 'ignore', undefined],
};

/** @throws `InvalidArgumentError` that names the option which makes no sense */
export function requireOptions(given: CassetteOptions): void {
  const options = readObject(given, 'Options of a cassette are given as');
  const { scrub, match = {} } = options;
  requireKnown(options, NAMES, '');
  requireKnown(match, ['cwd', 'env', 'input'], 'match.');
  requireChoices(options, CHOICES, '');
  requireChoices(match, MATCH_CHOICES, 'match.');
  if (scrub !== undefined && typeof scrub !== 'function') {
    throw new InvalidArgumentError('The option scrub of a cassette is no function.');
  }
  const { env = [] } = match;
  if (!Array.isArray(env) || !env.every((name) => typeof name === 'string')) {
    throw new InvalidArgumentError('The option match.env of a cassette is no list of names.');
  }
}

function requireKnown(given: object, names: readonly string[], prefix: string): void {
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    throw new InvalidArgumentError(
      `A cassette has no option "${prefix}${name}".${didYouMean(name, names)}`,
    );
  }
}

function requireChoices(
  given: object,
  choices: Readonly<Record<string, readonly unknown[]>>,
  prefix: string,
): void {
  for (const [name, allowed] of Object.entries(choices)) {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    if (allowed.includes(value)) continue;
    const list = allowed
      .filter((each) => each !== undefined)
      .map(String)
      .join(', ');
    throw new InvalidArgumentError(
      `The option ${prefix}${name} of a cassette is ${JSON.stringify(value)}, and not one of ${list}.`,
    );
  }
}
