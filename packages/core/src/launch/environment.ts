import type { EnvironmentSpec } from '../contracts/environment-spec.js';
import { didYouMean } from '../command/nearest.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

export type Variables = Record<string, string>;
type Reveal = (text: string) => string;

/** Where this process finds the channel to its own parent: a descriptor that a child does not have. */
const OWN_CHANNEL: ReadonlySet<string> = new Set([
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
]);

/**
 * The whole environment of a child.
 *
 * @param reveal - puts values in the place of marks: in what the specification says, and in nothing that comes from
 *   the parent, where a mark is just text
 * @throws {@link InvalidArgumentError} when `expand` is on and a value names an unknown variable
 */
export function resolveEnvironment(
  spec: EnvironmentSpec,
  parent: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  reveal: Reveal = (text) => text,
): Variables {
  const sameName = platform === 'win32' ? caseInsensitive : exact;
  const env = inherited(spec, parent, sameName);
  for (const [name, value] of Object.entries(spec.set)) {
    const text = spec.expand ? expand(name, { set: spec.set, parent, reveal }) : reveal(value);
    removeName(env, name, sameName);
    env[name] = text;
  }
  for (const name of spec.unset) removeName(env, name, sameName);
  return env;
}

/** What a child inherits of a parent's variables, as far as they pass. */
export function inheritedVariables(
  parent: NodeJS.ProcessEnv,
  passes: (name: string) => boolean = () => true,
): Variables {
  // No prototype: a variable may well be called `__proto__` or `constructor`.
  const env = Object.create(null) as Variables;
  for (const name of Object.keys(parent)) {
    const value = parent[name];
    if (value !== undefined && !OWN_CHANNEL.has(name) && passes(name)) env[name] = value;
  }
  return env;
}

/** Whether a parent has variables that no child inherits. */
export function keepsVariables(parent: NodeJS.ProcessEnv): boolean {
  for (const name of OWN_CHANNEL) if (Object.hasOwn(parent, name)) return true;
  return false;
}

/** Whether a specification changes nothing of what a parent has. */
export function inheritsAll({ mode, set, unset }: EnvironmentSpec): boolean {
  return mode === 'inherit' && unset.length === 0 && Object.keys(set).length === 0;
}

type NameTest = (a: string, b: string) => boolean;
const exact: NameTest = (a, b) => a === b;
const caseInsensitive: NameTest = (a, b) => a.toLowerCase() === b.toLowerCase();

function inherited(
  spec: EnvironmentSpec,
  parent: NodeJS.ProcessEnv,
  sameName: NameTest,
): Variables {
  if (spec.mode === 'clean') return Object.create(null) as Variables;
  if (spec.mode === 'inherit') return inheritedVariables(parent);
  return inheritedVariables(parent, (name) =>
    spec.allow.some((allowed) => sameName(allowed, name)),
  );
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

/** What an expansion goes by. */
interface Expansion {
  readonly set: Readonly<Variables>;
  readonly parent: NodeJS.ProcessEnv;
  readonly reveal: Reveal;
}

/**
 * Values refer to the variables set beside them first (not to themselves), then to the parent's. A value that is
 * hidden is no reference, whatever is in it.
 */
function expand(name: string, expansion: Expansion, visiting: readonly string[] = []): string {
  const { set, parent, reveal } = expansion;
  const [first = '', ...rest] = (set[name] ?? '').split(/\$\{(\w+)\}/);
  return rest.reduce((text, piece, index) => {
    // References and what stands between them take turns.
    if (index % 2 === 1) return text + reveal(piece);
    if (Object.hasOwn(set, piece) && piece !== name && !visiting.includes(piece)) {
      return text + expand(piece, expansion, [...visiting, name]);
    }
    // An environment has what every object has, `constructor` for one, but not as variables.
    const found = Object.hasOwn(parent, piece) ? parent[piece] : undefined;
    if (found !== undefined) return text + found;
    const known = [...Object.keys(set), ...Object.keys(parent)];
    throw new InvalidArgumentError(
      `The environment variable ${name} refers to \${${piece}}, which is not set.${didYouMean(piece, known)}`,
    );
  }, reveal(first));
}
