import { describe, expect, it, jest } from '@jest/globals';
import { inspect } from 'node:util';
import { secret } from '../../../src/redaction/secret.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import type * as Tables from '../../../src/redaction/secret-table.js';
import { SecretTable } from '../../../src/redaction/secret-table.js';

const VALUE = "s3cr#t/Käse+'q?";

function tableOf(...values: readonly string[]): SecretTable {
  const table = new SecretTable();
  for (const value of values) table.hide(secret(value));
  return table;
}

describe('secret', () => {
  it('shows a mark wherever it becomes text', () => {
    const token = secret(VALUE);
    expect(`${token.toJSON()} ${JSON.stringify({ token })} ${inspect({ token })}`).toBe(
      '[secret] {"token":"[secret]"} { token: [secret] }',
    );
    expect(token.reveal()).toBe(VALUE);
  });

  it('hides only the interpolated values of a tagged template', () => {
    const header = secret`Authorization: Bearer ${VALUE}!`;
    expect(header.toJSON()).toBe('Authorization: Bearer [secret]!');
    expect(header.reveal()).toBe(`Authorization: Bearer ${VALUE}!`);
  });

  it('refuses what is no string, as an unset variable is', () => {
    expect(() => secret(undefined as never)).toThrow('A secret is a string, not undefined.');
    expect(() => secret`a ${undefined as never}`).toThrow('A secret is a string, not undefined.');
  });
});

describe('SecretTable', () => {
  it('shares with the tables of another copy of the package', () => {
    jest.isolateModules(() => {
      const copy = jest.requireActual<typeof Tables>('../../../src/redaction/secret-table.js');
      const [mine, its] = [new SecretTable(), new copy.SecretTable()];
      expect(its).not.toBeInstanceOf(SecretTable);
      its.hide(secret('known before'));
      mine.share(its);
      its.hide(secret('known later'));
      mine.hide(secret('known here'));
      const text = 'known before, known later, known here';
      expect(mine.redact(text)).toBe('[secret], [secret 2], [secret 3]');
      expect(its.redact(text)).toBe('[secret], [secret 2], [secret 3]');
    });
  });

  it('refuses the secrets of an older copy of the package, which does not tell them', () => {
    const table = new SecretTable();
    const older = (isEmpty: boolean): SecretTable => ({ isEmpty }) as unknown as SecretTable;
    table.include(older(true));
    expect(table.isEmpty).toBe(true);
    expect(() => table.include(older(false))).toThrow(InvalidArgumentError);
    expect(() => table.include(older(false))).toThrow('an older copy of @proc/core');
  });

  it('puts marks in the place of values, and the values in again', () => {
    const table = new SecretTable();
    const text = table.hideWord(secret`--user=${'anna'}:${VALUE}`);
    expect(text).toBe('--user=[secret]:[secret 2]');
    expect(table.reveal(String(text))).toBe(`--user=anna:${VALUE}`);
    expect(table.hideWord(secret('anna'))).toBe('[secret]');
  });

  it('chooses marks that do not occur in the other texts of the run', () => {
    const table = new SecretTable(['print [secret]']);
    expect(table.hideWord(secret(VALUE))).toBe('[hidden secret]');
    expect(table.reveal('print [secret]')).toBe('print [secret]');
  });

  it('does not look for marks in revealed values', () => {
    const table = new SecretTable();
    const words = ['one [secret 2]', 'two'].map((value) => table.hideWord(secret(value)));
    expect(words.map((word) => table.reveal(String(word)))).toEqual(['one [secret 2]', 'two']);
  });

  it('puts no value where it has put no mark, whatever the text looks like', () => {
    const [table, other] = [new SecretTable(), tableOf('of another stage')];
    table.include(other);
    table.hide(secret('of an input'));
    expect(table.reveal('[secret] [secret 2]')).toBe('[secret] [secret 2]');
    expect(table.hideWord(secret('mine'))).toBe('[secret 3]');
    expect(table.reveal('[secret] [secret 3]')).toBe('[secret] mine');
  });

  const bytes = Buffer.from(VALUE);
  const forms: Record<string, string> = {
    'as it is': VALUE,
    'in a URL': encodeURIComponent(VALUE),
    'in a URL, in small letters': encodeURIComponent(VALUE).replace(/%../g, (code) =>
      code.toLowerCase(),
    ),
    'in a form': new URLSearchParams({ q: VALUE }).toString().slice(2),
    'in JSON': JSON.stringify(VALUE),
    'in JSON within JSON': JSON.stringify(JSON.stringify(VALUE)),
    'in ASCII-only JSON': '"s3cr#t/K\\u00e4se+\'q?"',
    'quoted for a shell': `'s3cr#t/Käse+'\\''q?'`,
    'in base64': bytes.toString('base64').replace(/=+$/, '').slice(0, -1),
    'in base64 behind one byte': Buffer.concat([Buffer.from(':'), bytes]).toString('base64'),
    'in base64 behind two bytes': Buffer.concat([Buffer.from('u:'), bytes]).toString('base64'),
    'in base64 for URLs': Buffer.concat([bytes, Buffer.from('>')]).toString('base64url'),
    'in hexadecimal': bytes.toString('hex'),
    'in large hexadecimal': bytes.toString('hex').toUpperCase(),
    'in percent signs': bytes.toString('hex').replace(/../g, '%$&'),
    'in HTML': 's3cr#t/Käse+&#39;q?',
    'in HTML of another encoder': 's3cr#t&#x2F;K&auml;se&#43;&#x27;q?',
    'in JSON of an encoder for HTML': '"s3cr#t/K\\u00E4se\\u002B\\u0027q?"',
    'in JSON within JSON within JSON': JSON.stringify(JSON.stringify(JSON.stringify(VALUE))),
    'in the user part of a URL': "s3cr%23t%2FK%C3%A4se+'q%3F",
    'escaped twice for a URL': encodeURIComponent(encodeURIComponent(VALUE)),
    'quoted by printf %q': "s3cr#t/Käse+\\'q\\?",
    'quoted for a shell of ASCII': "$'s3cr#t/K\\303\\244se+\\'q?'",
    'quoted by Python': `'s3cr#t/Käse+'"'"'q?'`,
    'in base64 of which each line has eight characters': bytes
      .toString('base64')
      .replace(/.{8}/g, '$&\n  ')
      .replace(/=+$/, ''),
    'in a hexadecimal dump': bytes.toString('hex').replace(/../g, '$& ').replace(/.{24}/g, '$&\n '),
    'composed in another way': VALUE.normalize('NFD'),
    'read in another encoding': bytes.toString('latin1'),
  };
  it.each(Object.entries(forms))('finds a secret %s', (_, form) => {
    const redacted = tableOf(VALUE).redact(`before ${form} after`);
    expect(redacted).toContain('[secret]');
    expect(redacted).toMatch(/^before .{0,3}.*after$/s);
    expect(redacted.replace('[secret]', '').length).toBeLessThan('before  after'.length + 16);
  });

  it('finds the value without the line end that it was read with', () => {
    expect(tableOf('hunter2\n').redact('password: hunter2.')).toBe('password: [secret].');
  });

  it('finds the lines of a secret of several lines one by one', () => {
    const key = 'BEGIN KEY\nabcdefgh\nijklmnop\n';
    expect(tableOf(key).redact('> abcdefgh\n> ijklmnop')).toBe('> [secret]\n> [secret]');
  });

  it('replaces secrets that overlap as one', () => {
    expect(tableOf('abcdef', 'defghi').redact('<abcdefghi>')).toBe('<[secret]>');
  });

  it('takes the longer one of two secrets of which one begins the other', () => {
    expect(tableOf('token', 'token-of-joy').redact('a token-of-joy, a token')).toBe(
      'a [secret 2], a [secret]',
    );
  });

  it('does not look for values that are as short as any word', () => {
    expect(tableOf('ab', '').redact('a cab')).toBe('a cab');
  });

  it('leaves text without secrets alone', () => {
    expect(tableOf(VALUE).redact('nothing here')).toBe('nothing here');
    expect(new SecretTable().redact('[secret]')).toBe('[secret]');
  });

  it('leaves nothing of a secret that lies across the begin of a cut text', () => {
    const cut = { start: true, end: false };
    expect(tableOf('swordfish').redact(`ordfish ${'.'.repeat(60)} swordfish`, cut)).toMatch(
      /^\.+ \[secret\]$/,
    );
  });

  it('leaves nothing of a secret that lies across the end of a cut text', () => {
    const cut = { start: false, end: true };
    expect(tableOf('swordfish').redact('it is swordf', cut)).toBe('it is [secret]');
    expect(tableOf('swordfish').redact('it is s', cut)).toBe('it is s');
  });

  it('does not take words for a secret of the same letters', () => {
    const text = 'password, time 10:45:12, (1,234,56), pass/word';
    expect(tableOf('pass word', '10 45 12', '1.2.3.4.5.6').redact(text)).toBe(text);
  });

  it('finds a short secret in base64 that has more than letters and digits', () => {
    expect(Buffer.from('Zßßß').toString('base64')).toBe('WsOfw5/Dnw==');
    expect(tableOf('Zßßß').redact('<WsOfw5/Dnw==>')).toBe('<[secret]w==>');
  });

  it('finds a long secret, and what encoders make of it', () => {
    const value = Array.from(
      { length: 9000 },
      (_, index) => `${(index * 7919).toString(36)}"`,
    ).join('');
    const table = tableOf(value);
    const wrapped = Buffer.from(value).toString('base64').replace(/.{76}/g, '$&\n');
    for (const form of [value, JSON.stringify(value), encodeURIComponent(value), wrapped]) {
      expect(table.redact(`<${form}>`).length).toBeLessThan(20);
    }
  });

  it('looks at each character of a text that almost is a secret only so often', () => {
    const redactor = tableOf(`${'a'.repeat(2000)}b`).stream();
    const chunk = 'a'.repeat(64 * 1024);
    let length = 0;
    for (let count = 0; count < 64; count++) length += redactor.push(chunk).length;
    expect(length + redactor.flush().length).toBe(64 * chunk.length);
  });

  it('does not hold back a secret without end', () => {
    const redactor = tableOf('aaa').stream();
    const chunk = 'a'.repeat(64 * 1024);
    for (let count = 0; count < 64; count++) expect(redactor.push(chunk)).toBe('');
    expect(redactor.push('b')).toBe('[secret]b');
    expect(redactor.flush()).toBe('');
  });

  it('holds back no end of a line, and misses nothing that goes on in the next one', () => {
    const redactor = tableOf('some-secret-value').stream();
    const base64 = Buffer.from('some-secret-value').toString('base64');
    const text = `${base64.slice(0, 2)}\n${base64.slice(2)}.`;
    expect(redactor.push(text.slice(0, 3))).toBe(text.slice(0, 3));
    expect(redactor.push(text.slice(3)) + redactor.flush()).toMatch(/^\[secret\]\w?=*\.$/);
    expect(tableOf('some-secret-value').redact(text)).toMatch(/^\w\w\n\[secret\]\w?=*\.$/);
  });

  it('does not hold back more than a secret may be long, whatever stands between its characters', () => {
    const redactor = tableOf('some-secret-value').stream();
    redactor.push('some-secret');
    expect(redactor.push('\\'.repeat(1000)).length).toBeGreaterThan(500);
    expect(redactor.push(' '.repeat(1000)).length).toBeGreaterThan(700);
    expect(redactor.push("'".repeat(1000)).length).toBeGreaterThan(700);
  });

  it('takes in what becomes known elsewhere later', () => {
    const [stage, other] = [new SecretTable(), new SecretTable()];
    stage.include(other);
    other.include(stage);
    other.hide(secret(VALUE));
    expect(stage.redact(`> ${VALUE}`)).toBe('> [secret]');
    stage.hide(secret('swordfish'));
    expect(other.redact('> swordfish')).toBe('> [secret 2]');
  });

  it('finds a secret in pieces of text, wherever it is split', () => {
    const text = `a ${VALUE} b ${encodeURIComponent(VALUE)} c`;
    const table = tableOf(VALUE);
    const whole = table.redact(text);
    for (let at = 0; at <= text.length; at++) {
      const redactor = table.stream();
      const parts = redactor.push(text.slice(0, at)) + redactor.push(text.slice(at));
      expect(parts + redactor.flush()).toBe(whole);
    }
  });

  it('finds the first secret of all that becomes known while text is being redacted', () => {
    const table = new SecretTable();
    const redactor = table.stream();
    const before = redactor.push('> sec') + redactor.push('ond one, ');
    table.hide(secret('second one'));
    const after = redactor.push('now secon') + redactor.push('d one.') + redactor.flush();
    expect(before + after).toBe('> second one, now [secret].');
  });

  it('finds a secret that becomes known while text is being redacted', () => {
    const table = tableOf('first one');
    const redactor = table.stream();
    const before = redactor.push('> ');
    table.hide(secret('second one'));
    expect(before + redactor.push('second one') + redactor.flush()).toBe('> [secret 2]');
  });
});
