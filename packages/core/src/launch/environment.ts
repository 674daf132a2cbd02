import type { EnvironmentSpec } from '../contracts/environment-spec.js';
import { didYouMean } from '../command/nearest.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

type Variables = Record<string, string>;

/** Where this process finds the channel to its own parent: a descriptor that a child does not have. */
const OWN_CHANNEL: ReadonlySet<string> = new Set([
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
]);

/**
 * The whole environment of a child.
 *
 * @throws {@link InvalidArgumentError} when `expand` is on and a value names an unknown variable
 */
export function resolveEnvironment(
  spec: EnvironmentSpec,
  parent: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Variables {
  const sameName = platform === 'win32' ? caseInsensitive : exact;
  const env = inherited(spec, parent, sameName);
  for (const [name, value] of Object.entries(spec.set)) {
    const text = spec.expand ? expand(name, value, spec.set, parent) : value;
    removeName(env, name, sameName);
    env[name] = text;
  }
  for (const name of spec.unset) removeName(env, name, sameName);
  return env;
}

type NameTest = (a: string, b: string) => boolean;
const exact: NameTest = (a, b) => a === b;
const caseInsensitive: NameTest = (a, b) => a.toLowerCase() === b.toLowerCase();

function inherited(
  spec: EnvironmentSpec,
  parent: NodeJS.ProcessEnv,
  sameName: NameTest,
): Variables {
  // No prototype: a variable may well be called `__proto__` or `constructor`.
  const env = Object.create(null) as Variables;
  if (spec.mode === 'clean') return env;
  for (const name of Object.keys(parent)) {
    const value = parent[name];
    if (value === undefined || OWN_CHANNEL.has(name)) continue;
    if (spec.mode === 'allow' && !spec.allow.some((allowed) => sameName(allowed, name))) continue;
    env[name] = value;
  }
  return env;
}

function removeName(env: Variables, name: string, sameName: NameTest): void {
  if (sameName === exact) {
    Reflect.deleteProperty(env, name);
    return;
  }
  for (const key of Object.keys(env)) {
    if (sameName(key, name)) Reflect.deleteProperty(env, key);
  }
}

/** Values refer to the variables set beside them first (not to themselves), then to the parent's. */
function expand(
  name: string,
  value: string,
  set: Readonly<Variables>,
  parent: NodeJS.ProcessEnv,
  visiting: readonly string[] = [],
): string {
  return value.replace(/\$\{(\w+)\}/g, (_, wanted: string) => {
    if (Object.hasOwn(set, wanted) && wanted !== name && !visiting.includes(wanted)) {
      return expand(wanted, set[wanted] ?? '', set, parent, [...visiting, name]);
    }
    // An environment has what every object has, `constructor` for one, but not as variables.
    const found = Object.hasOwn(parent, wanted) ? parent[wanted] : undefined;
    if (found !== undefined) return found;
    const known = [...Object.keys(set), ...Object.keys(parent)];
    throw new InvalidArgumentError(
      `The environment variable ${name} refers to \${${wanted}}, which is not set.${didYouMean(wanted, known)}`,
    );
  });
}
