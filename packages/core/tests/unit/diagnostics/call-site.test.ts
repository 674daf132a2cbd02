import { describe, expect, it } from '@jest/globals';
import { ownFrame } from '../../../src/diagnostics/call-site.js';

describe('Frames are ours', () => {
  it.each([
    [
      '/app/node_modules/@proc/core/dist',
      '    at f (/app/node_modules/@proc/pool/dist/index.js:1:1)',
    ],
    ['/repo/packages/core/src', '    at f (/repo/packages/pool/src/run/start.ts:1:1)'],
  ])('where the code is in %s: %s', (code, frame) => {
    expect(ownFrame(code).test(frame)).toBe(true);
  });

  it.each(['/srv/app/dist', '/srv/app/src', '/srv/app'])(
    'nowhere in %s, where the code is part of a joined application',
    (code) => {
      expect(ownFrame(code).test('    at handler (/srv/app/dist/main.js:1:1)')).toBe(false);
      expect(ownFrame(code).test('    at handler (/srv/app/src/main.ts:1:1)')).toBe(false);
    },
  );
});
