import { unpassable } from '../command/unpassable.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { PhraseAutomaton } from './phrase-automaton.js';
import { isSecret, type Secret } from './secret.js';
import { bareForms, plainForms } from './secret-forms.js';
import { redactText, TextRedactor, type Phrases, type TextCut } from './text-redactor.js';

const UNTOLD =
  'What another process prints can not be kept free of its secrets here: it was made by an older copy of @proc/core. ' +
  'Have one version of it installed.';

/** Bytes of one UTF-16 unit in UTF-8. */
const MOST_BYTES = 3;

/**
 * The secrets of one run. A specification holds a mark in the place of each; here are the values, so that the
 * launch can put them in again and everything else can be kept clean of them.
 */
export class SecretTable {
  /** By value. Not there until there is one: most runs have none, and each has a table. */
  #marks: Map<string, string> | undefined;
  /** By mark: the values for which a mark stands in the specification, and no others. */
  #placed: Map<string, string> | undefined;
  readonly #label: string;
  /** Those that are told of what becomes known here, as long as anybody needs them. */
  #sharedWith: Set<WeakRef<SecretTable>> | undefined;
  /** Many times as large as the secrets: made anew where it has been let go. Texts that are being redacted keep it. */
  #phrases: WeakRef<Phrases> | undefined;

  /** @param visible - texts of the run in which something may look like a mark */
  constructor(visible: readonly string[] = []) {
    let label = 'secret';
    while (visible.some((text) => text.includes(`[${label}`))) label = `hidden ${label}`;
    this.#label = label;
  }

  get isEmpty(): boolean {
    return this.#marks === undefined;
  }

  /** Takes note of the values of a secret that stands in no specification: of an input, or a message. */
  hide(secret: Secret): void {
    for (const part of secret.parts()) if (part.hidden) this.hideText(part.text);
  }

  /**
   * Takes in what another run must not show, also what becomes known there later.
   *
   * @throws {@link InvalidArgumentError} when an older copy of the package has made it, which does not tell its secrets
   */
  include(other: SecretTable): void {
    if (other === this) return;
    const { tell } = other as { readonly tell?: unknown };
    if (typeof tell === 'function') other.tell(this);
    else if (!other.isEmpty) throw new InvalidArgumentError(UNTOLD);
  }

  /** Tells another table, which another copy of this package may have made, what is here and what becomes known. */
  tell(other: SecretTable): void {
    (this.#sharedWith ??= new Set()).add(new WeakRef(other));
    for (const value of this.#marks?.keys() ?? []) other.hideText(value);
  }

  /** Takes note of a text that must not be shown. */
  hideText(value: string): void {
    this.#markOf(value);
  }

  /** Takes in what another table has, and gives it what is here. */
  share(other: SecretTable): void {
    this.include(other);
    other.include(this);
  }

  /** A word of a command or of an environment, with marks for what is secret in it. */
  hideWord<Word>(word: Word | Secret): Word | string {
    if (!isSecret(word)) return word;
    const problem = unpassable(word.reveal());
    if (problem !== undefined) {
      throw new InvalidArgumentError(`A secret argument or variable contains ${problem}.`);
    }
    return word
      .parts()
      .map((part) => (part.hidden ? this.#place(part.text) : part.text))
      .join('');
  }

  /** A text of the specification with the values in the place of the marks that {@link hideWord} has put there. */
  reveal(text: string): string {
    const placed = this.#placed;
    if (placed === undefined) return text;
    const marks = new RegExp(`\\[${this.#label}(?: \\d+)?\\]`, 'g');
    return text.replace(marks, (mark) => placed.get(mark) ?? mark);
  }

  /** A text that came from elsewhere, with a mark wherever one of the values appears in it, however encoded. */
  redact(text: string, cut?: TextCut): string {
    return this.isEmpty ? text : redactText(text, this.#lookedFor(), cut);
  }

  /** Redacts a text that comes in pieces. */
  stream(): TextRedactor {
    return new TextRedactor(this.#lookedFor());
  }

  /** Bytes that the longest text that is looked for may take. */
  get reach(): number {
    if (this.isEmpty) return 0;
    const { plain, bare } = this.#lookedFor();
    return Math.max(plain.longest, bare.longest) * MOST_BYTES;
  }

  #lookedFor(): Phrases {
    const known = this.#phrases?.deref();
    if (known !== undefined) return known;
    const phrases: Phrases = { plain: new PhraseAutomaton(), bare: new PhraseAutomaton() };
    this.#phrases = new WeakRef(phrases);
    for (const [value, mark] of this.#marks ?? []) addForms(phrases, value, mark);
    return phrases;
  }

  #place(value: string): string {
    const mark = this.#markOf(value);
    (this.#placed ??= new Map()).set(mark, value);
    return mark;
  }

  #markOf(value: string): string {
    const marks = (this.#marks ??= new Map<string, string>());
    const known = marks.get(value);
    if (known !== undefined) return known;
    const number = marks.size + 1;
    const mark = number === 1 ? `[${this.#label}]` : `[${this.#label} ${number}]`;
    marks.set(value, mark);
    // Texts that are being redacted already look for it from now on.
    const phrases = this.#phrases?.deref();
    if (phrases !== undefined) addForms(phrases, value, mark);
    for (const other of this.#sharedWith ?? []) {
      const table = other.deref();
      if (table === undefined) this.#sharedWith?.delete(other);
      else table.hideText(value);
    }
    return mark;
  }
}

function addForms({ plain, bare }: Phrases, value: string, mark: string): void {
  // What has been redacted already stays as it is, even if the secret is the word "secret".
  plain.add(mark, mark);
  for (const form of plainForms(value)) plain.add(form, mark);
  for (const [form, kind] of bareForms(value)) bare.add(form, { mark, kind });
}
