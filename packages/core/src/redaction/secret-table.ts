import { unpassable } from '../command/unpassable.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { PhraseFinder } from './phrase-finder.js';
import { isSecret, type Secret } from './secret.js';
import { secretForms } from './secret-forms.js';
import { redactText, TextRedactor, type TextCut } from './text-redactor.js';

/** Bytes of one UTF-16 unit in UTF-8. */
const MOST_BYTES = 3;

/**
 * The secrets of one run. A specification holds a mark in the place of each; here are the values, so that the
 * launch can put them in again and everything else can be kept clean of them.
 */
export class SecretTable {
  readonly #marks = new Map<string, string>();
  readonly #label: string;
  #finder: PhraseFinder | undefined;

  /** @param visible - texts of the run in which something may look like a mark */
  constructor(visible: readonly string[] = []) {
    let label = 'secret';
    while (visible.some((text) => text.includes(`[${label}`))) label = `hidden ${label}`;
    this.#label = label;
  }

  get isEmpty(): boolean {
    return this.#marks.size === 0;
  }

  /** Takes the values of a secret in, and gives its text with marks in their place. */
  hide(secret: Secret): string {
    return secret
      .parts()
      .map((part) => (part.hidden ? this.#markOf(part.text) : part.text))
      .join('');
  }

  /** Takes in what another run must not show: that of a pipeline, or of its other stages. */
  include(other: SecretTable): void {
    for (const value of other.#marks.keys()) this.#markOf(value);
  }

  /** A word of a command or of an environment, with marks for what is secret in it. */
  hideWord<Word>(word: Word | Secret): Word | string {
    if (!isSecret(word)) return word;
    const problem = unpassable(word.reveal());
    if (problem !== undefined) {
      throw new InvalidArgumentError(`A secret argument or variable contains ${problem}.`);
    }
    return this.hide(word);
  }

  /** A text with the values in the place of their marks. */
  reveal(text: string): string {
    if (this.isEmpty || !text.includes(`[${this.#label}`)) return text;
    const finder = new PhraseFinder();
    for (const [value, mark] of this.#marks) finder.add(mark, value);
    return redactText(text, finder);
  }

  /** A text that came from elsewhere, with a mark wherever one of the values appears in it, however encoded. */
  redact(text: string, cut?: TextCut): string {
    return this.isEmpty ? text : redactText(text, this.#phrases(), cut);
  }

  /** Redacts a text that comes in pieces. */
  stream(): TextRedactor {
    return new TextRedactor(this.#phrases());
  }

  /** Bytes that the longest text that is looked for may take. */
  get reach(): number {
    return this.isEmpty ? 0 : this.#phrases().longest * MOST_BYTES;
  }

  #phrases(): PhraseFinder {
    if (this.#finder !== undefined) return this.#finder;
    const finder = new PhraseFinder();
    this.#finder = finder;
    for (const [value, mark] of this.#marks) addForms(finder, value, mark);
    return finder;
  }

  #markOf(value: string): string {
    const known = this.#marks.get(value);
    if (known !== undefined) return known;
    const number = this.#marks.size + 1;
    const mark = number === 1 ? `[${this.#label}]` : `[${this.#label} ${number}]`;
    this.#marks.set(value, mark);
    // Texts that are being redacted already look for it from now on.
    if (this.#finder !== undefined) addForms(this.#finder, value, mark);
    return mark;
  }
}

function addForms(finder: PhraseFinder, value: string, mark: string): void {
  // What has been redacted already stays as it is, even if the secret is the word "secret".
  finder.add(mark, mark);
  for (const form of secretForms(value)) finder.add(form, mark);
}
