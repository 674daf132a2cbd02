import type { TemplateValue } from '../contracts/process-manager.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

const REFUSED = /[|&;<>()$`*?[\]{}~#!\\]/;

/**
 * Makes an argument list of a tagged template. Blanks in the literal text separate words, quotes in it group; an
 * interpolated value is never split, and a list that stands alone as a word is many words.
 *
 * @throws {@link InvalidArgumentError} for shell syntax in the literal text, an open quote, or an empty template
 */
export function parseTemplate(
  strings: readonly string[],
  values: readonly TemplateValue[],
): readonly string[] {
  const words = new WordBuilder();
  strings.forEach((literal, index) => {
    for (const character of literal) words.literal(character);
    if (index < values.length) {
      const followed = strings[index + 1] === '' && index + 1 < values.length;
      words.value(values[index], followed ? VALUE : (strings[index + 1] ?? ''));
    }
  });
  return words.finish();
}

/** Stands for the text of a value that follows another without a blank. */
const VALUE = '…';

/** Collects characters and values into words. */
class WordBuilder {
  readonly #words: string[] = [];
  #word: string | undefined;
  #quote: string | undefined;

  literal(character: string): void {
    if (this.#quote !== undefined) {
      if (character === this.#quote) this.#quote = undefined;
      else this.#append(character);
    } else if (/\s/.test(character)) {
      this.#endWord();
    } else if (character === '"' || character === "'") {
      this.#quote = character;
      this.#append('');
    } else if (REFUSED.test(character)) {
      throw new InvalidArgumentError(
        `A command template has no shell, so "${character}" has no meaning in it. ` +
          'Quote it to pass it on, interpolate it, or use command(line).',
      );
    } else {
      this.#append(character);
    }
  }

  value(value: TemplateValue | undefined, following: string): void {
    if (!Array.isArray(value)) {
      this.#append(textOf(value));
      return;
    }
    const alone = this.#word === undefined && (following === '' || /^\s/.test(following));
    if (!alone || this.#quote !== undefined) {
      throw new InvalidArgumentError('A list in a command template must stand alone as a word.');
    }
    for (const item of value as readonly unknown[]) this.#words.push(textOf(item));
  }

  finish(): readonly string[] {
    if (this.#quote !== undefined) {
      throw new InvalidArgumentError(
        `A quote (${this.#quote}) in the command template is not closed.`,
      );
    }
    this.#endWord();
    if (this.#words.length === 0) throw new InvalidArgumentError('The command template is empty.');
    return this.#words;
  }

  #append(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  #endWord(): void {
    if (this.#word !== undefined) this.#words.push(this.#word);
    this.#word = undefined;
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new InvalidArgumentError(
    `A command template takes strings, numbers, booleans and lists of them, not ${value === null ? 'null' : typeof value}.`,
  );
}
