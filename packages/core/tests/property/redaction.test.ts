import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unpassable } from '../../src/command/unpassable.js';
import { hideSecrets } from '../../src/process/hide-secrets.js';
import { emptyDraft } from '../../src/process/process-draft.js';
import { bareText } from '../../src/redaction/bare-reader.js';
import { RedactedOutput } from '../../src/redaction/redacted-output.js';
import { Secret, secret } from '../../src/redaction/secret.js';
import { SecretTable } from '../../src/redaction/secret-table.js';
import { withSecrets } from '../../src/redaction/spec-secrets.js';
import { bytes, cutAt, cuts, everyCut, texts } from '../support/pieces.js';
import { makeSpec } from '../support/spec.js';
import { tries } from '../support/tries.js';

/** Values that overlap themselves and one another, and values that look different in every encoding. */
const values = fc.array(
  fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 3, maxLength: 6 }),
    fc.string({
      unit: fc.constantFrom('a', '1', ' ', "'", '"', '/', '+', '\n', '\u00e9', '\u{1f600}'),
      minLength: 3,
      maxLength: 8,
    }),
  ),
  { minLength: 1, maxLength: 3 },
);

const ENCODINGS: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => value.slice(1),
  (value) => value.slice(0, -1),
  (value) => value + value,
  (value) => encodeURIComponent(value),
  (value) => JSON.stringify(value),
  (value) => Buffer.from(value).toString('hex'),
  (value) => Buffer.from(`u:${value}`).toString('base64'),
];

/** Secrets, and text in which they occur. */
const leaks = values.chain((secrets) => {
  const piece = fc.oneof(
    fc
      .tuple(fc.constantFrom(...secrets), fc.constantFrom(...ENCODINGS))
      .map(([value, encode]) => encode(value)),
    fc.constantFrom('a', 'b', '[secret]', '[secret 2]', '[sec'),
    texts,
  );
  return fc.tuple(
    fc.constant(secrets),
    fc.array(piece, { maxLength: 6 }).map((all) => all.join('')),
  );
});

function tableOf(secrets: readonly string[]): SecretTable {
  const table = new SecretTable();
  for (const value of secrets) table.hide(secret(value));
  return table;
}

it('finds the same secrets wherever the text is cut', () => {
  fc.assert(
    fc.property(leaks, cuts, ([secrets, text], places) => {
      const table = tableOf(secrets);
      const whole = table.redact(text);
      const redacted = (pieces: readonly string[]): string => {
        const redactor = table.stream();
        return pieces.map((piece) => redactor.push(piece)).join('') + redactor.flush();
      };
      for (const pieces of everyCut(text)) expect(redacted(pieces)).toBe(whole);
      expect(redacted(cutAt(text, places))).toBe(whole);
    }),
    tries(300),
  );
});

it('finds the same secrets wherever the bytes are cut', () => {
  fc.assert(
    fc.property(leaks, bytes, cuts, ([secrets, text], noise, places) => {
      const table = tableOf(secrets);
      const whole = Buffer.concat([Buffer.from(text), noise, Buffer.from(text)]);
      const expected = table.redact(whole.toString());
      const spec = withSecrets(makeSpec(), table);
      for (const pieces of [...everyCut(whole), cutAt(whole, places)]) {
        const output = new RedactedOutput(spec);
        const redacted = pieces.map((piece) => output.push('out', piece)).join('');
        expect(redacted + output.flush('out')).toBe(expected);
      }
    }),
    tries(150),
  );
});

/** Ways to escape a character; an encoder uses one of them for whichever characters it likes. */
const ESCAPES: readonly ((character: string) => string)[] = [
  (character) => encodeURIComponent(character).replace(/^[^%]$/, (plain) => `%${hex(plain, 2)}`),
  (character) => `\\u${hex(character, 4)}`,
  (character) => `\\x${hex(character, 2)}`,
  (character) => `&#x${hex(character, 2)};`,
  (character) => `&amp;#${character.charCodeAt(0)};`,
  (character) => `%25${hex(character, 2)}`,
];

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, '0');
}

it('finds a secret whichever of its characters are escaped, and wherever the text is cut', () => {
  const characters = fc.string({
    unit: fc.constantFrom(...Array.from('abcn019 %\\&;#"\'x\u00e4')),
    minLength: 8,
    maxLength: 24,
  });
  fc.assert(
    fc.property(
      characters,
      fc.infiniteStream(fc.boolean()),
      fc.constantFrom(...ESCAPES),
      cuts,
      (value, choices, escape, places) => {
        const bare = bareText(value);
        const text = Array.from(value, (character) => {
          const isEscaped = /[%\\&;#]/.test(character) || choices.next().value === true;
          return isEscaped ? escape(character) : character;
        }).join('');
        // What looks like an escape as it is may read differently once it is escaped itself.
        fc.pre(bare.length >= 6 && bareText(text) === bare);
        const table = tableOf([value]);
        const whole = table.redact(text);
        expect(bareText(whole.replaceAll('[secret]', ''))).toBe('');
        const redactor = table.stream();
        const parts = cutAt(text, places).map((piece) => redactor.push(piece));
        expect(parts.join('') + redactor.flush()).toBe(whole);
      },
    ),
    tries(500),
  );
});

/** How many characters of a text belong to none of the values. */
function harmless(text: string, secrets: readonly string[]): number {
  const covered = new Set<number>();
  for (const value of secrets) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
      for (let index = at; index < at + value.length; index++) covered.add(index);
    }
  }
  return text.length - covered.size;
}

it('leaves nothing of a secret, whatever overlaps it', () => {
  fc.assert(
    fc.property(leaks, ([secrets, text]) => {
      const shown = tableOf(secrets)
        .redact(text)
        .split(/\[secret(?: \d+)?\]/g);
      expect(shown.join('').length).toBeLessThanOrEqual(harmless(text, secrets));
      for (const value of secrets) {
        const forms = [value, encodeURIComponent(value), Buffer.from(value).toString('hex')];
        expect(forms.filter((form) => shown.some((piece) => piece.includes(form)))).toEqual([]);
      }
    }),
    tries(1000),
  );
});

/** Words with hidden and visible parts, some of which look like what hides the others. */
const lookalikes = fc.oneof(
  texts,
  fc.constantFrom('[secret]', '[secret 2]', '[hidden secret]', '['),
);
const parts = fc.array(
  fc.record({ text: fc.oneof(lookalikes, fc.string()), hidden: fc.boolean() }),
);
const words = fc.oneof(
  lookalikes,
  parts.map((all) => new Secret(all)),
);

it('gives the program what was hidden, whatever stands beside it', () => {
  const passable = words.filter((word) => unpassable(revealed(word)) === undefined);
  fc.assert(
    fc.property(fc.array(passable), fc.dictionary(fc.string(), passable), (args, set) => {
      const draft = emptyDraft();
      const hidden = hideSecrets({ ...draft, args, env: { ...draft.env, set } });
      const given = (text: string): string => hidden.secrets?.reveal(text) ?? text;
      expect(hidden.args?.map(given)).toEqual(args.map(revealed));
      expect(Object.values(hidden.variables).map(given)).toEqual(Object.values(set).map(revealed));
    }),
    tries(500),
  );
});

function revealed(word: string | Secret): string {
  return typeof word === 'string' ? word : word.reveal();
}
