import { ProviderError } from '../errors/provider-error.js';
import { defineHidden } from '../kernel/define-hidden.js';

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
  'TestingServiceProvider of @proc/testing': [
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
export const TESTING_MEMBERS: ReadonlySet<string> = new Set(
  MEMBERS['TestingServiceProvider of @proc/testing'],
);

const ALL: ReadonlySet<string> = new Set(Object.values(MEMBERS).flat());

/** Whether a member of the manager is brought by a plug-in of ours. */
export function isPlugInMember(name: string): boolean {
  return ALL.has(name);
}

/**
 * Gives a manager placeholders for the members of plug-ins, so that calling one without its provider says what to
 * register instead of "is not a function".
 */
export function definePlugInMembers(target: object): void {
  for (const [provider, names] of Object.entries(MEMBERS)) {
    for (const name of names) {
      const placeholder = (): never => {
        throw new ProviderError(
          `ProcessManager.${name}() comes from ${provider}, which is not registered. ` +
            'Add it to the providers of the application; without one, see installPool, installPipe and installFakes.',
        );
      };
      defineHidden(target, name, placeholder, { configurable: true });
    }
  }
}
