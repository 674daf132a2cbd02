import { describe, expect, it } from '@jest/globals';
import type { StandardSchema } from '../../../src/contracts/schema.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import { OutputFormatError } from '../../../src/errors/output-format-error.js';
import { parseJson } from '../../../src/result/parse-json.js';
import { secret } from '../../../src/redaction/secret.js';
import { makeSpec } from '../../support/spec.js';

type Validate = StandardSchema<number>['~standard']['validate'];

const schema = (validate: Validate): StandardSchema<number> => ({
  '~standard': { version: 1, vendor: 'test', validate },
});
const parse = (text: string, validate?: Validate): unknown =>
  parseJson(
    { spec: makeSpec(), stderr: () => 'the stderr' },
    text,
    validate === undefined ? undefined : schema(validate),
  );

describe('parseJson', () => {
  it.each(['1', '"x"', 'null', ' [1, {"a": false}]\n'])('reads %j', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it('gives what the schema makes of the value', () => {
    expect(parse('20', (value) => ({ value: (value as number) + 1 }))).toBe(21);
  });

  it.each(['', '{', 'hello', '1 2'])('says what %j begins with, and shows stderr', (text) => {
    expect(() => parse(text)).toThrow(OutputFormatError);
    expect(() => parse(text)).toThrow(/printed no JSON/);
    expect(() => parse(text)).toThrow(`It begins with: ${JSON.stringify(text)}`);
    expect(() => parse(text)).toThrow(/the stderr/);
  });

  it('shows only the beginning of a long text', () => {
    expect(() => parse('x'.repeat(10_000))).toThrow(/^.{0,400}$/ms);
  });

  it('reports every issue of the schema with its path', () => {
    const issues = [
      { message: 'is missing', path: ['a', { key: 'b' }, 0] },
      { message: 'is odd' },
      { message: 'is empty', path: [] },
    ];
    expect(() => parse('{}', () => ({ issues }))).toThrow(/a\.b\.0: is missing; is odd; is empty/);
    expect(() => parse('{}', () => ({ issues }))).toThrow(OutputFormatError);
  });

  it.each([{}, null, () => 1, { '~standard': {} }])('refuses what is no schema: %p', (none) => {
    expect(() => parseJson({ spec: makeSpec() }, '1', none as never)).toThrow(InvalidArgumentError);
  });

  it('refuses a schema that is asynchronous', () => {
    expect(() => parse('1', () => Promise.resolve({ value: 1 }))).toThrow(/asynchronous/);
  });

  it('shows no part of a secret, wherever the shown piece of the text is cut off', () => {
    const value = 'Sw0rdfish-Zebra';
    const spec = makeSpec({ input: secret(value) });
    const messages: string[] = [];
    for (let length = 0; length < 90; length++) {
      for (const text of [`${'-'.repeat(length)}${value}`, `{"${'-'.repeat(length)}": ${value}}`]) {
        try {
          parseJson({ spec }, text, undefined);
        } catch (error) {
          const { message, cause, stack } = error as Error;
          messages.push(`${message} ${(cause as Error).message} ${String(stack)}`);
        }
      }
    }
    expect(messages).toHaveLength(180);
    expect(messages.join('\n')).not.toMatch(/w0r|dfi|sh-Z|Zeb/);
    expect(messages[0]).toContain('It begins with: "[secret]"');
    expect(messages[1]).toMatch(/printed no JSON: Unexpected token '?S'?\. It begins with/);
  });
});
