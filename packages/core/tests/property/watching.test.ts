import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OutputWatcher } from '../../src/capture/output-watcher.js';
import { Captured } from '../support/captured.js';
import { cutAt, cuts, texts } from '../support/pieces.js';
import { tries } from '../support/tries.js';

/** Texts to wait for, some of which come. */
const markers = fc.array(
  fc.oneof(
    texts.filter((text) => text !== ''),
    fc.constantFrom('\u{1f600}', '\n', 'a', 'never'),
  ),
  { maxLength: 5 },
);

/** What a search through the whole text finds, each where the last one ended. */
function reference(text: string, wanted: readonly string[]): readonly boolean[] {
  let position = 0;
  return wanted.map((marker) => {
    const at = text.indexOf(marker, position);
    if (at >= 0) position = at + marker.length;
    return at >= 0;
  });
}

it('finds the same texts wherever the output is cut, and misses none that came before', async () => {
  await fc.assert(
    fc.asyncProperty(texts, markers, cuts, fc.nat(), async (text, wanted, places, joins) => {
      const whole = Buffer.from(text);
      const pieces = cutAt(whole, places).filter((piece) => piece.length > 0);
      const captured = new Captured();
      const watcher = new OutputWatcher(captured.capture, 'utf8');
      let waits: Promise<readonly unknown[]> = Promise.resolve([]);
      const begin = (): void => {
        waits = Promise.all(wanted.map((marker) => watcher.until(marker, undefined)));
      };
      const first = joins % (pieces.length + 1);
      for (const [index, piece] of pieces.entries()) {
        if (index === first) begin();
        await captured.print(piece);
      }
      if (first === pieces.length) begin();
      await captured.end();
      const found = (await waits).map((outcome) => outcome !== 'ended');
      expect(found).toEqual(reference(whole.toString(), wanted));
    }),
    tries(300),
  );
});
