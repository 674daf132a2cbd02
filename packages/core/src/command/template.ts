import type { ProcessResult } from '../contracts/process-result.js';
import type { TemplateValue } from '../contracts/process-manager.js';
import type { CommandWord } from '../contracts/command.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { probe } from '../kernel/probe.js';
import { isSecret, Secret, type SecretPart } from '../redaction/secret.js';

const REFUSED = /[|&;<>()$`*?[\]{}~#!\\]/;

/**
 * Makes an argument list of a tagged template. Blanks in the literal text separate words, quotes in it group; an
 * interpolated value is never split, and a list that stands alone as a word is many words.
 *
 * @throws {@link InvalidArgumentError} for shell syntax or a bad escape in the literal text, an open quote, or an empty
 *   template
 */
export function parseTemplate(
  strings: readonly string[],
  values: readonly TemplateValue[],
): readonly CommandWord[] {
  requireTemplate(strings);
  const words = new WordBuilder();
  strings.forEach((literal, index) => {
    for (const character of literal) words.literal(character);
    if (index < values.length) {
      const followed = strings[index + 1] === '' && index + 1 < values.length;
      const following = followed ? VALUE : (strings[index + 1] ?? '');
      words.value(values[index], { strings, index, following });
    }
  });
  return words.finish();
}

function requireTemplate(strings: readonly unknown[]): void {
  if (!Array.isArray(strings)) {
    throw new InvalidArgumentError('A command template is written $`git log ${count}`.');
  }
  // In a tagged template `\user` has no value, since it begins an escape that it does not finish.
  if (strings.includes(undefined)) {
    throw new InvalidArgumentError(
      'A backslash in the command template begins no known escape. Double it, and quote it to pass it on.',
    );
  }
}

/** Stands for the text of a value that follows another without a blank. */
const VALUE = '…';

/** How much of the text before a value is shown. */
const SHOWN = 40;

/** Where a value stands. */
interface Place {
  readonly strings: readonly string[];
  readonly index: number;
  /** The literal text behind it. */
  readonly following: string;
}

/** Collects characters and values into words. */
class WordBuilder {
  readonly #words: CommandWord[] = [];
  #word: SecretPart[] | undefined;
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

  value(value: TemplateValue | undefined, place: Place): void {
    if (!Array.isArray(value)) {
      this.#appendParts(partsOf(value, place));
      return;
    }
    const { following } = place;
    const alone = this.#word === undefined && (following === '' || /^\s/.test(following));
    if (!alone || this.#quote !== undefined) {
      throw new InvalidArgumentError(
        `A list in a command template must stand alone as a word; ${describePlace(place)} is a list.`,
      );
    }
    for (const item of value as readonly unknown[]) this.#words.push(wordOf(partsOf(item, place)));
  }

  finish(): readonly CommandWord[] {
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
    this.#appendParts([{ text, hidden: false }]);
  }

  #appendParts(parts: readonly SecretPart[]): void {
    (this.#word ??= []).push(...parts);
  }

  #endWord(): void {
    if (this.#word !== undefined) this.#words.push(wordOf(this.#word));
    this.#word = undefined;
  }
}

function wordOf(parts: readonly SecretPart[]): CommandWord {
  if (parts.some((part) => part.hidden)) return new Secret(parts);
  return parts.map((part) => part.text).join('');
}

function partsOf(value: unknown, place: Place): readonly SecretPart[] {
  if (isSecret(value)) return value.parts();
  if (isResult(value)) {
    return [{ text: value.stdout.replace(/\r?\n$/, ''), hidden: printedSecret(value) }];
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return [{ text: String(value), hidden: false }];
  }
  throw new InvalidArgumentError(
    'A command template takes strings, numbers, booleans, secrets, results and lists of them, not ' +
      `${value === null ? 'null' : typeof value}: see ${describePlace(place)}.`,
  );
}

/** The number of a value, and the text before it. */
function describePlace({ strings, index }: Place): string {
  const before = strings.slice(0, index + 1).join(`\${${VALUE}}`);
  const shown = before.length > SHOWN ? `…${before.slice(-SHOWN)}` : before;
  return `value ${index + 1}, ${shown === '' ? 'at the beginning' : `after ${JSON.stringify(shown)}`}`;
}

function isResult(value: unknown): value is ProcessResult {
  return typeof value === 'object' && value !== null && 'exitCode' in value && 'stdout' in value;
}

/** Whether a secret of its run is in what was printed: then a result shows something else of it. */
function printedSecret(result: ProcessResult): boolean {
  const shown = probe(() => result.toJSON().stdout) ?? '';
  return !result.stdout.endsWith(shown);
}
