import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { Chooser } from '../../../src/pool/chooser.js';
import type { PoolWorker } from '../../../src/pool/pool-worker.js';
import type { ResolvedPoolOptions } from '../../../src/pool/resolve-pool-options.js';
import type { Task } from '../../../src/pool/task.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const options = { strategy: 'least-busy', max: 1, concurrency: 1 } as ResolvedPoolOptions;

function keyed(key: string): Task {
  return { options: { key } } as unknown as Task;
}

/** A worker that two keys belonged to, and that is gone. Nothing here knows it any more. */
function goneHome(): { readonly chooser: Chooser; readonly home: WeakRef<PoolWorker> } {
  const home = { inFlight: new Map(), hasRoomFor: () => true } as unknown as PoolWorker;
  const workers = new Set([home]);
  const chooser = new Chooser(options, workers);
  expect(['a', 'b'].map((key) => chooser.choose(keyed(key)))).toEqual([home, home]);
  workers.delete(home);
  chooser.forget(home);
  return { chooser, home: new WeakRef(home) };
}

it('A worker that is gone is not kept for the keys that were its own', async () => {
  const { chooser, home } = goneHome();
  expect(chooser.homeOf(keyed('a'))).toBeUndefined();
  await setImmediate();
  collectGarbage();
  expect(home.deref()).toBeUndefined();
  // What might have kept it was there until now.
  expect(chooser.choose(keyed('a'))).toBeUndefined();
});
