import { describe, expect, it } from '@jest/globals';
import { WaitGraph, type Lockable, type LockOwner } from '../../../src/hub/wait-graph.js';

const owner = (path: string | undefined): LockOwner => ({ label: path ?? 'nobody', path });

function lock(label: string, ...paths: readonly (string | undefined)[]): Lockable {
  return { label, owners: () => paths.map(owner) };
}

describe('WaitGraph', () => {
  it('finds a circle of any length, and names it', () => {
    const graph = new WaitGraph();
    const [x, y, z] = [lock('x', 'a/1'), lock('y', 'b/1'), lock('z', 'c/1')];
    graph.add({ owner: owner('a/1'), lock: y });
    graph.add({ owner: owner('b/1'), lock: z });

    expect(graph.cycleOf({ owner: owner('c/1'), lock: x })).toEqual([
      { waiter: 'c/1', lock: 'x', holder: 'a/1' },
      { waiter: 'a/1', lock: 'y', holder: 'b/1' },
      { waiter: 'b/1', lock: 'z', holder: 'c/1' },
    ]);
  });

  it('knows that a scope can not end before those within it', () => {
    const graph = new WaitGraph();
    expect(graph.cycleOf({ owner: owner('a/1/2'), lock: lock('x', 'a/1') })).toHaveLength(1);
    graph.add({ owner: owner('b/1/7'), lock: lock('y', 'a/1') });
    expect(graph.cycleOf({ owner: owner('a/1/2/3'), lock: lock('x', 'b/1') })).toHaveLength(2);
  });

  it('takes for no circle what may end by itself: another scope of the holder, or no scope at all', () => {
    const graph = new WaitGraph();
    graph.add({ owner: owner('a/2'), lock: lock('y', 'b/1') });
    expect(graph.cycleOf({ owner: owner('b/1'), lock: lock('x', 'a/1') })).toBeUndefined();
    expect(graph.cycleOf({ owner: owner('b/1'), lock: lock('x', 'a/22') })).toBeUndefined();
    expect(graph.cycleOf({ owner: owner('b/1'), lock: lock('x', undefined) })).toBeUndefined();
    expect(graph.cycleOf({ owner: owner(undefined), lock: lock('x', 'a/2') })).toBeUndefined();
  });

  it('looks through all holders, and forgets who waits no more', () => {
    const graph = new WaitGraph();
    const leave = graph.add({ owner: owner('c/1'), lock: lock('y', 'a/1') });
    const wait = { owner: owner('a/1'), lock: lock('x', 'b/1', 'c/1') };
    expect(graph.cycleOf(wait)).toHaveLength(2);
    leave();
    expect(graph.cycleOf(wait)).toBeUndefined();
  });
});
