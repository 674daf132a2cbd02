import { expect, it } from '@jest/globals';
import { bareText } from '../../../src/redaction/bare-reader.js';

const TEXTS: Record<string, readonly [text: string, bare: string]> = {
  'leaves out all but letters and digits of ASCII': ['a-b c\n1_\u00e42', 'abc12'],
  'undoes what URLs escape': ['%61b%2Fc%c3%a4d', 'abcd'],
  'undoes what is escaped twice': ['%2561 %255Cn \\\\\\\\x61 &amp;#97; \\u0026#x61;', 'aaaa'],
  'undoes the escapes of JSON, C and shells': ['\\u0061\\x62\\143\\n\\t\\"\\/\\U00000064', 'abcd'],
  'undoes the entities of HTML': ['&#97;&#x62;&amp;&quot;&apos;&auml;c', 'abc'],
  'takes what is no escape for what it is': ['100% & \\p \\u12 %x &token= &a b', '100pu12xtokenab'],
  'takes what ends too early for what it is': ['x\\u00', 'xu00'],
};

it.each(Object.entries(TEXTS))('%s', (_, [text, bare]) => {
  expect(bareText(text)).toBe(bare);
});
