import { inspect } from 'node:util';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { probe } from '../kernel/probe.js';
import { COERCED_SECRET } from './coerced-secret.js';

const BRAND = Symbol.for('@proc/core/Secret');

/** A piece of a secret: text that anybody may see, or a value that nobody may. */
export interface SecretPart {
  readonly text: string;
  readonly hidden: boolean;
}

/** What stands for a secret where it becomes text. */
const SHOWN = '[secret]';

/**
 * Text with a hidden part, for arguments, environment variables and input. The program gets the real value; wherever
 * it would become text otherwise (messages, events, logs, `inspect`, JSON) there is `[secret]`.
 */
export class Secret {
  readonly [BRAND] = true;
  readonly #parts: readonly SecretPart[];

  /** Made by {@link secret}. */
  constructor(parts: readonly SecretPart[]) {
    this.#parts = parts;
  }

  /** The real value. */
  reveal(): string {
    return this.#parts.map((part) => part.text).join('');
  }

  /** Visible and hidden pieces in their order. */
  parts(): readonly SecretPart[] {
    return this.#parts;
  }

  /**
   * A text that is fit for a log, and looks like `[secret]`. It is not fit for a program: what contains it is refused
   * as a part of a command, as a variable and as input, since the value would silently be missing.
   */
  toString(): string {
    return this.#shownAs(COERCED_SECRET);
  }

  /** The text with `[secret]` in the place of what is hidden. */
  toJSON(): string {
    return this.#shownAs(SHOWN);
  }

  [inspect.custom](): string {
    return this.toJSON();
  }

  #shownAs(mark: string): string {
    return this.#parts.map((part) => (part.hidden ? mark : part.text)).join('');
  }
}

/** Whether a value is a secret, also one of another copy of this package. */
export function isSecret(value: unknown): value is Secret {
  if (typeof value !== 'object' || value === null) return false;
  return probe(() => BRAND in value && typeof (value as Secret).parts === 'function') === true;
}

/**
 * Marks a value as secret, or as a tagged template the interpolated values of a text.
 *
 * Put it where a string could stand: an argument, a value of `env()`, `input()`, `write()`, an interpolation of a
 * command template. In an ordinary template string its value would be lost, so a program is not given what contains
 * one: use the tag there.
 *
 * @throws {@link InvalidArgumentError} when the value is no string: an unset variable is noticed here
 *
 * @example
 * ```ts
 * await processes.run('curl', ['-H', secret`Authorization: Bearer ${token}`, url]);
 * await processes.command('deploy').env({ TOKEN: secret(token) }).run();
 * ```
 */
export function secret(strings: TemplateStringsArray, ...values: readonly string[]): Secret;
export function secret(value: string): Secret;
export function secret(value: string | TemplateStringsArray, ...values: readonly string[]): Secret {
  if (!Array.isArray(value)) return new Secret([hidden(value)]);
  const parts = (value as TemplateStringsArray).flatMap((text, index) => {
    const visible: SecretPart = { text, hidden: false };
    return index < values.length ? [visible, hidden(values[index])] : [visible];
  });
  return new Secret(parts.filter((part) => part.hidden || part.text !== ''));
}

function hidden(value: unknown): SecretPart {
  if (isSecret(value)) return { text: value.reveal(), hidden: true };
  if (typeof value === 'string') return { text: value, hidden: true };
  throw new InvalidArgumentError(
    `A secret is a string, not ${value === null ? 'null' : typeof value}.`,
  );
}
