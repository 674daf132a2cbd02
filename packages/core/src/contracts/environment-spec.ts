import type { Secret } from '../redaction/secret.js';

/**
 * How a child's environment is made: the inherited part, then `set`, then the removal of `unset`.
 *
 * - `inherit`: everything this process has
 * - `allow`: only the inherited names in `allow`
 * - `clean`: nothing inherited
 */
export interface EnvironmentSpec {
  /** What is inherited. */
  readonly mode: 'inherit' | 'allow' | 'clean';
  /** Names that are inherited with `allow`. */
  readonly allow: readonly string[];
  /** Variables that are added. */
  readonly set: Readonly<Record<string, string>>;
  /** Names that are left out. */
  readonly unset: readonly string[];
  /** `${NAME}` in the values of `set` is replaced by the variable of that name; an unknown name is an error. */
  readonly expand: boolean;
}

/** Variables by name; `false`, `null` and `undefined` remove a variable, `''` sets an empty one. */
export type EnvironmentMap = Readonly<
  Record<string, string | number | boolean | Secret | null | undefined>
>;
