import { refuse } from '../hub/fault-signal.js';
import type { HubCall } from '../hub/hub-call.js';
import type { Operation, PrimitiveKind } from '../hub/primitive.js';
import { PermitState } from './permit-state.js';
import { wholeNumber } from './whole-number.js';

/** So many that readers never run out of them. */
const ALL = 2 ** 31;

const release: Operation<PermitState> = (state, call, [token]) => {
  state.release(call, token);
};

/** One holder at a time. */
export const lockKind: PrimitiveKind<PermitState> = {
  create: (name, _options, context) =>
    new PermitState({ kind: 'lock', name, capacity: 1, exclusive: 1 }, context),
  fixed: {},
  operations: { acquire: (state, call, args) => take(state, call, 1, args), release },
};

/** Many readers or one writer. Who reads already, in a scope around, reads again at once. */
export const rwLockKind: PrimitiveKind<PermitState> = {
  create: (name, _options, context) =>
    new PermitState({ kind: 'rwlock', name, capacity: ALL, exclusive: ALL }, context),
  fixed: {},
  operations: {
    read: (state, call, [scope]) => take(state, call, 1, [scope, true]),
    write: (state, call, args) => take(state, call, ALL, args),
    release,
  },
};

/** As many holders as there are permits. */
export const semaphoreKind: PrimitiveKind<PermitState> = {
  create: (name, { permits = 1 }, context) => {
    const capacity = wholeNumber(permits, `The number of permits of the semaphore "${name}"`);
    return new PermitState({ kind: 'semaphore', name, capacity, exclusive: undefined }, context);
  },
  fixed: { permits: (state) => state.rules.capacity },
  operations: {
    acquire: (state, call, [permits]) => {
      const count = wholeNumber(permits, 'The number of permits to acquire');
      const { capacity } = state.rules;
      if (count > capacity)
        refuse(`The ${state.label} has ${capacity} permits, so ${count} never come.`);
      take(state, call, count, []);
    },
    available: (state, call) => void call.resolve(state.available),
    release,
  },
};

function take(
  state: PermitState,
  call: HubCall,
  permits: number,
  [given, reentrant]: readonly unknown[],
): void {
  // JSON has no `undefined` in lists.
  const scope = given ?? undefined;
  if (scope !== undefined && typeof scope !== 'string') refuse('A scope is a text.');
  state.acquire(call, { permits, scope, reentrant: reentrant === true });
}
