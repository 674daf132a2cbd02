import { describe, expect, it } from '@jest/globals';
import type { ProcessSpec } from '../../../src/contracts/process-spec.js';
import { SecretTable } from '../../../src/redaction/secret-table.js';
import { secretsOf, withSecrets } from '../../../src/redaction/spec-secrets.js';
import { emptyDraft } from '../../../src/process/process-draft.js';
import { freezeSpec } from '../../../src/process/freeze-run.js';

function spec(): ProcessSpec {
  return freezeSpec({ ...emptyDraft(), command: ['true'] });
}

describe('The secrets of a specification', () => {
  it('are its own, and stay the same', () => {
    const [one, other] = [spec(), spec()];
    expect(secretsOf(one)).toBe(secretsOf(one));
    expect(secretsOf(one)).not.toBe(secretsOf(other));
  });

  it.each([
    ['frozen by us', spec],
    ['a copy', () => ({ ...spec() })],
    ['a frozen copy', () => Object.freeze({ ...spec() })],
  ])('can be given to one that is %s, also again', (_, make) => {
    const given = make();
    for (const secrets of [new SecretTable(), new SecretTable()]) {
      expect(withSecrets(given, secrets)).toBe(given);
      expect(secretsOf(given)).toBe(secrets);
    }
  });

  it('can not be seen, and do not go along into a copy', () => {
    const given = withSecrets({ ...spec() }, new SecretTable());
    expect(Reflect.ownKeys(given)).toEqual(Reflect.ownKeys(spec()));
    expect(secretsOf({ ...given })).not.toBe(secretsOf(given));
    expect(() => structuredClone(given)).not.toThrow();
  });
});
