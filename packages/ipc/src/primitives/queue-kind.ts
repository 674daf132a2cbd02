import { IpcMessageDeadLettered } from '../events/ipc-events.js';
import type { PrimitiveKind } from '../hub/primitive.js';
import { deadLettersOf } from './dead-letters.js';
import { QueueState } from './queue-state.js';
import { wholeNumber } from './whole-number.js';

export const queueKind: PrimitiveKind<QueueState> = {
  create: (name, { maxSize, maxDeliveries }, context) =>
    new QueueState({
      maxSize: limit(maxSize, `maxSize of the queue "${name}"`),
      maxDeliveries: limit(maxDeliveries, `maxDeliveries of the queue "${name}"`),
      bury: (value, deliveries, reason) => {
        const graveyard = context.open('queue', deadLettersOf(name));
        if (graveyard instanceof QueueState) graveyard.add({ value, deliveries, reason });
        context.tell(IpcMessageDeadLettered, name, deliveries, reason);
      },
    }),
  fixed: {
    maxSize: ({ rules }) => rules.maxSize,
    maxDeliveries: ({ rules }) => rules.maxDeliveries,
  },
  operations: {
    put: (state, call, [value]) => {
      state.put(call, value);
    },
    get: (state, call) => {
      state.get(call, false);
    },
    receive: (state, call) => {
      state.get(call, true);
    },
    ack: (state, call, [id]) => {
      state.settle(call, id, 'ack', '');
    },
    retry: (state, call, [id]) => {
      state.settle(call, id, 'retry', 'returned');
    },
    bury: (state, call, [id, reason]) => {
      state.settle(call, id, 'bury', typeof reason === 'string' ? reason : 'refused');
    },
    size: (state, call) => void call.resolve(state.size),
    isFull: (state, call) => void call.resolve(state.isFull),
    clear: (state, call) => void call.resolve(state.clear()),
    close: (state, call) => {
      state.close('closed');
      call.resolve();
    },
    delete: (state, call) => {
      state.close('deleted');
      call.resolve();
    },
  },
};

function limit(value: unknown, what: string): number {
  return value === undefined ? Number.POSITIVE_INFINITY : wholeNumber(value, `The ${what}`);
}
