import { describe, expect, it } from '@jest/globals';
import { matchesWildcard } from '../../../src/matching/wildcard.js';

describe('matchesWildcard', () => {
  it.each([
    ['*', ''],
    ['*', 'anything\nat all'],
    ['git *', 'git status'],
    ['git *', 'git '],
    ['*status', 'git status'],
    ['git * --force', 'git push origin --force'],
    ['*a*b*', 'xxaxxbxx'],
    ['a**b', 'ab'],
    ['a*b', 'a\nline\r\nends\nb'],
    ['a.c*', 'a.cd'],
    ['exact', 'exact'],
  ])('%j fits %j', (pattern, text) => {
    expect(matchesWildcard(pattern, text)).toBe(true);
  });

  it.each([
    ['git *', 'git'],
    ['git *', 'legit status'],
    ['*status', 'status now'],
    ['a*a', 'a'],
    ['ab*ba', 'aba'],
    ['a*b*c', 'acb'],
    ['a.c', 'abc'],
    ['GIT *', 'git status'],
    ['', 'x'],
  ])('%j does not fit %j', (pattern, text) => {
    expect(matchesWildcard(pattern, text)).toBe(false);
  });

  it('takes no exponential time', () => {
    expect(matchesWildcard(`${'a*'.repeat(50)}b`, 'a'.repeat(5000))).toBe(false);
  });
});
