import { describe, expect, it } from '@jest/globals';
import { clip, difference } from '../../../src/assertions/difference.js';

describe('the difference', () => {
  it('of two lines has a mark under the first character that differs', () => {
    expect(difference('git push origin', 'git push orgin')).toBe(
      ['  - git push origin', '  + git push orgin', '               ^'].join('\n'),
    );
  });

  it('of texts shows the lines that differ, and three around them', () => {
    const wanted = ['1', '2', '3', '4', 'five', '6', '7', '8', '9'].join('\n');
    const found = ['1', '2', '3', '4', '5', '5½', '6', '7', '8', '9'].join('\n');
    expect(difference(wanted, found)).toBe(
      [
        ...['    …', '    2', '    3', '    4', '  - five', '  + 5', '  + 5½'],
        ...['    6', '    7', '    8', '    …'],
      ].join('\n'),
    );
  });

  it('of a text and nothing is the text', () => {
    expect(difference('a\nb', '')).toBe(['  - a', '  - b', '  + '].join('\n'));
  });

  it('is bounded, however long the texts are', () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `${index} ${'x'.repeat(5000)}`);
    const shown = difference('short\ntext', lines.join('\n'));
    expect(shown).toContain('  + … 4980 more lines');
    expect(shown.length).toBeLessThan(10_000);
    expect(difference('a'.repeat(5000), 'b'.repeat(5000)).length).toBeLessThan(1000);
    expect(clip('x'.repeat(400))).toBe(`${'x'.repeat(300)}…`);
  });
});
