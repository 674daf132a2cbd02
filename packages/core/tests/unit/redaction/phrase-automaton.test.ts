import { expect, it } from '@jest/globals';
import { NOWHERE, PhraseAutomaton } from '../../../src/redaction/phrase-automaton.js';

function automatonOf(...phrases: readonly string[]): PhraseAutomaton<string> {
  const automaton = new PhraseAutomaton<string>();
  for (const phrase of phrases) automaton.add(phrase, `<${phrase}>`);
  return automaton;
}

/** The tags of what ends at each character. */
function foundIn(automaton: PhraseAutomaton<string>, text: string): (string | undefined)[] {
  let state = NOWHERE;
  return Array.from(text, (character) => {
    state = automaton.next(state, character.charCodeAt(0));
    return automaton.found(state)?.tag;
  });
}

it('finds the longest phrase that ends at each character', () => {
  expect(foundIn(automatonOf('he', 'she', 'his', 'hers'), 'ushers')).toEqual([
    ...[undefined, undefined, undefined],
    ...['<she>', undefined, '<hers>'],
  ]);
});

it('finds a phrase within the beginning of another one', () => {
  expect(foundIn(automatonOf('abcdef', 'cd'), 'abcdx')).toEqual([
    ...[undefined, undefined, undefined],
    ...['<cd>', undefined],
  ]);
});

it('knows how much of a phrase may have begun', () => {
  const automaton = automatonOf('aab');
  let state = NOWHERE;
  const depths = Array.from('aaaab', (character) => {
    state = automaton.next(state, character.charCodeAt(0));
    return automaton.depth(state);
  });
  expect(depths).toEqual([1, 2, 2, 2, 3]);
});

it('finds phrases that are added while a text is read', () => {
  const automaton = automatonOf('one');
  const state = automaton.next(NOWHERE, 'o'.charCodeAt(0));
  automaton.add('two', '<two>');
  expect(automaton.depth(state)).toBe(1);
  expect(foundIn(automaton, 'onetwo').filter((tag) => tag !== undefined)).toEqual([
    '<one>',
    '<two>',
  ]);
});

it('keeps the first tag of a phrase, and none of an empty one', () => {
  const automaton = automatonOf('', 'a');
  automaton.add('a', 'other');
  expect(foundIn(automaton, 'ba')).toEqual([undefined, '<a>']);
  expect(automaton.longest).toBe(1);
});
