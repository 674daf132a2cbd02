import { describe, expect, it } from '@jest/globals';
import { definePlugInMembers, offerTestingMembers } from '../../../src/manager/plug-in-members.js';

type Members = Record<string, (...args: unknown[]) => unknown>;

function target(): Members {
  const members = {} as Members;
  definePlugInMembers(members);
  return members;
}

describe('the places of plug-in members', () => {
  it('name the provider, and the import that will do for those of the tests', () => {
    expect(() => target()['pool']?.()).toThrow(
      'ProcessManager.pool() comes from PoolServiceProvider of @proc/pool, which is not registered. ' +
        'Add it to the providers of the application; without one, see installPool and installPipe.',
    );
    expect(() => target()['fake']?.()).toThrow(
      'ProcessManager.fake() comes from TestingServiceProvider of @proc/testing, which is not registered. ' +
        "Import '@proc/testing' in the test, or add the provider to those of the application.",
    );
  });

  it('are taken by what the tests have loaded, at the first use, and by nothing else', () => {
    const given: object[] = [];
    offerTestingMembers((manager) => {
      given.push(manager);
      Object.defineProperty(manager, 'fake', { value: (...args: unknown[]) => args });
    });
    const [used, unused] = [target(), target()];

    expect(used['fake']?.(1, 2)).toEqual([1, 2]);
    expect(used['fake']?.(3)).toEqual([3]);
    expect(given).toEqual([used]);
    expect(given[0]).toBe(used);
    expect(() => unused['map']?.()).toThrow('WorkersServiceProvider of @proc/workers');
    expect(given).toHaveLength(1);
  });
});
