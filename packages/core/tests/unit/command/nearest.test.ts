import { describe, expect, it } from '@jest/globals';
import { didYouMean, nearest } from '../../../src/command/nearest.js';

describe('nearest', () => {
  it.each([
    ['timout', 'timeout'],
    ['tiemout', 'timeout'],
    ['TIMEOUT', 'timeout'],
    ['timeoutt', 'timeout'],
    ['inpot', 'input'],
  ])('corrects %s to %s', (word, wanted) => {
    expect(nearest(word, ['cwd', 'timeout', 'input'])).toBe(wanted);
  });

  it('gives the closest of several', () => {
    expect(nearest('pool', ['pooled', 'poll', 'pools', 'pool1'])).toBe('poll');
  });

  it('gives nothing that is further off than a slip of the keyboard', () => {
    expect(nearest('banana', ['timeout', 'input'])).toBeUndefined();
    expect(nearest('x', ['timeout'])).toBeUndefined();
    expect(nearest('anything', [])).toBeUndefined();
  });

  it('counts a swap of neighbours once', () => {
    expect(nearest('sl', ['ls'])).toBe('ls');
  });
});

describe('didYouMean', () => {
  it('asks, or says nothing', () => {
    expect(didYouMean('gti', ['git'])).toBe(' Did you mean "git"?');
    expect(didYouMean('zzzz', ['git'])).toBe('');
  });
});
