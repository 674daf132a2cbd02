import { ProviderError } from '../errors/provider-error.js';
import { defineHidden } from '../kernel/define-hidden.js';

const TESTING = 'TestingServiceProvider of @proc/testing';

/** Members that plug-ins add to the manager, by the provider that brings them. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  'PoolServiceProvider of @proc/pool': ['pool', 'concurrently'],
  'PipeServiceProvider of @proc/pipe': ['pipe', 'pipeThrough'],
  'WorkersServiceProvider of @proc/workers': [
    'map',
    'filter',
    'reduce',
    'forEach',
    'some',
    'every',
    'tasks',
    'fork',
  ],
  [TESTING]: [
    'fake',
    'result',
    'describe',
    'sequence',
    'preventStrayProcesses',
    'allowStrayProcesses',
    'acknowledgeStrays',
    'spy',
    'isolated',
    'restore',
    'recorded',
    'isRecording',
    'assertRan',
    'assertRanTimes',
    'assertRanCount',
    'assertRanInOrder',
    'assertNotRan',
    'assertDidntRun',
    'assertNothingRan',
    'assertNoStrays',
    'assertSequencesEmpty',
    'assertSignalled',
    'assertPeakConcurrency',
  ],
};

/** The names of the members that `@proc/testing` adds. */
export const TESTING_MEMBERS: ReadonlySet<string> = new Set(MEMBERS[TESTING]);

let giveTestingMembers: ((manager: object) => void) | undefined;

/** From now on the first use of a member of `@proc/testing` calls this, which has to put them all on the manager. */
export function offerTestingMembers(give: (manager: object) => void): void {
  giveTestingMembers = give;
}

const ALL: ReadonlySet<string> = new Set(Object.values(MEMBERS).flat());

/** Whether a member of the manager is brought by a plug-in of ours. */
export function isPlugInMember(name: string): boolean {
  return ALL.has(name);
}

/**
 * Gives a manager placeholders for the members of plug-ins, so that calling one without its provider says what to
 * register instead of "is not a function". Those of `@proc/testing` take their own place where it has been loaded:
 * tests fake managers of applications that were put together without it.
 */
export function definePlugInMembers(target: object): void {
  for (const [provider, names] of Object.entries(MEMBERS)) {
    for (const name of names) {
      const placeholder = (...args: unknown[]): unknown => {
        if (provider !== TESTING || giveTestingMembers === undefined) throw missing(name, provider);
        giveTestingMembers(target);
        return (target as Record<string, (...args: unknown[]) => unknown>)[name]?.(...args);
      };
      defineHidden(target, name, placeholder, { configurable: true });
    }
  }
}

function missing(name: string, provider: string): ProviderError {
  return new ProviderError(
    `ProcessManager.${name}() comes from ${provider}, which is not registered. ` +
      (provider === TESTING
        ? "Import '@proc/testing' in the test, or add the provider to those of the application."
        : 'Add it to the providers of the application; without one, see installPool and installPipe.'),
  );
}
