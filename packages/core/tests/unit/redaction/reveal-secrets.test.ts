import { describe, expect, it } from '@jest/globals';
import { revealSecrets } from '../../../src/redaction/reveal-secrets.js';
import { secret } from '../../../src/redaction/secret.js';
import { SecretTable } from '../../../src/redaction/secret-table.js';

describe('revealSecrets', () => {
  it('puts the values into a copy, and takes note of them', () => {
    const secrets = new SecretTable();
    const message = { user: 'anna', login: [secret('hunter2'), { again: secret`<${'abc'}>` }] };
    expect(revealSecrets(message, secrets)).toEqual({
      user: 'anna',
      login: ['hunter2', { again: '<abc>' }],
    });
    expect(JSON.stringify(message)).toContain('"login":["[secret]"');
    expect(secrets.redact('hunter2')).toBe('[secret]');
  });

  it('gives what has none as it is, whatever it is', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    for (const message of [null, 1, 'text', [1, [2]], cycle, new Map([[1, 2]]), new Date(0)]) {
      expect(revealSecrets(message, new SecretTable())).toBe(message);
    }
  });

  it('looks at each object once, however often it is in the message', () => {
    let message: unknown = { token: secret('hunter2') };
    for (let level = 0; level < 60; level++) message = [message, message];
    let [left, right] = revealSecrets(message, new SecretTable()) as [unknown, unknown];
    expect(left).toBe(right);
    for (let level = 1; level < 60; level++) [left, right] = left as [unknown, unknown];
    expect(left).toEqual({ token: 'hunter2' });
    expect(left).toBe(right);
  });
});
