import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LinkedList, type Link } from '../../../src/hub/linked-list.js';

describe('LinkedList', () => {
  it('is what an array would be, whatever is done to it', () => {
    const step = fc.record({
      what: fc.constantFrom('push', 'unshift', 'shift', 'remove', 'drain'),
      at: fc.nat(20),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const list = new LinkedList<number>();
        let model: number[] = [];
        const links: Link<number>[] = [];
        steps.forEach(({ what, at }, value) => {
          if (what === 'push') {
            links.push(list.push(value));
            model.push(value);
          } else if (what === 'unshift') {
            links.push(list.unshift(value));
            model.unshift(value);
          } else if (what === 'shift') expect(list.shift()).toBe(model.shift());
          else if (what === 'drain') {
            expect(list.drain()).toEqual(model);
            model = [];
          } else {
            const link = links[at];
            if (link === undefined) return;
            list.remove(link);
            model = model.filter((other) => other !== link.value);
          }
          expect([...list]).toEqual(model);
          expect([list.size, list.first]).toEqual([model.length, model[0]]);
        });
      }),
    );
  });
});
