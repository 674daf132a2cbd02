import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import type { PendingProcess } from '../../../src/process/pending-process.js';
import { secret } from '../../../src/redaction/secret.js';
import { makeManager } from '../../support/manager.js';

const VALUE = 'hunter2hunter2';
const lost = `--token=${String(secret(VALUE))}`;
const manager = makeManager();

describe('a secret in an ordinary template string', () => {
  it('reads like any other in a log, and does not show', () => {
    expect(lost.replaceAll(/\p{Cf}/gu, '')).toBe('--token=[secret]');
    expect(String(secret`Bearer ${VALUE}`)).toMatch(/^Bearer \[secret\p{Cf}\]$/u);
  });

  it.each<[string, () => PendingProcess]>([
    ['argument', () => manager.command(['login', lost])],
    ['argument of a program', () => manager.command('login', [lost])],
    ['program', () => manager.command([lost])],
    ['line', () => manager.command(`login ${lost}`)],
    ['line of a shell', () => manager.command(`login ${lost} | cat`)],
    ['interpolation of a command template', () => manager.$`login ${lost}`],
    ['secret', () => manager.command(['login', secret(lost)])],
    ['tagged secret', () => manager.command(['login', secret`${lost} ${VALUE}`])],
    ['address', () => manager.command(['curl', new URL(`http://a/?q=${lost}`).href])],
    ['form', () => manager.command(['curl', '-d', new URLSearchParams({ lost }).toString()])],
    ['part of JSON', () => manager.command(['curl', '-d', JSON.stringify({ lost })])],
    ['variable', () => manager.command('login').env({ TOKEN: lost })],
    ['name of a variable', () => manager.command('login').env({ [lost]: 'a' })],
    ['path', () => manager.command('login').path(`/tmp/${lost}`)],
    ['shell', () => manager.command('login').shell(`/bin/${lost}`)],
    ['file', () => manager.command('login').output({ stdout: { file: `/tmp/${lost}` } })],
    ['input', () => manager.command('login').input(lost)],
  ])('is refused as %s before anything starts, without its value', (_place, describe_) => {
    expect(() => describe_().toSpec()).toThrow(InvalidArgumentError);
    expect(() => describe_().toSpec()).not.toThrow(VALUE);
  });

  it('is refused with what to write instead', () => {
    expect(() => manager.command(['login', lost]).toSpec()).toThrow(
      'A command can not contain a secret that was turned into text, whose value is gone ' +
        '(give the secret itself, or tag the whole text: secret`--token=${value}`).',
    );
  });

  it('is told from a text that somebody wrote', () => {
    const pending = manager.command(['grep', '[secret]', 'a%5Bsecret%5D']).env({ A: '[secret]' });
    expect(pending.input('[secret]').toSpec().command).toMatchObject({
      args: ['[secret]', 'a%5Bsecret%5D'],
    });
  });
});
