import {
  EventDispatcher,
  ProcEvent,
  ProcessCompleted,
  ProcessOutput,
  ProcessStarted,
  type Application,
  type ProcessResult,
} from '@proc/core';
import { EmitteryDispatcher, EventServiceProvider, type ListenerErrorHandler } from '@proc/events';
import { expectTypeOf } from 'expect-type';

declare const app: Application;
const events = app.get(EventDispatcher);

expectTypeOf(events).toEqualTypeOf<EventDispatcher>();

// A listener's event has the type of the class it listens to.
events.listen(ProcessCompleted, (event) => {
  expectTypeOf(event).toEqualTypeOf<ProcessCompleted>();
  expectTypeOf(event.process.pid).toEqualTypeOf<number | undefined>();
  expectTypeOf(event.result).toEqualTypeOf<ProcessResult>();
});
events.listen(ProcessCompleted, (event) => event.process.pid);
events.listen('*', (event) => expectTypeOf(event).toEqualTypeOf<ProcEvent>());
events.listen(ProcEvent, (event) => expectTypeOf(event.name).toBeString());

// @ts-expect-error an output event has no result
events.listen(ProcessOutput, (event) => event.result);
// @ts-expect-error the name of a class is no class
events.listen('ProcessCompleted', () => undefined);

const dispatcher = new EmitteryDispatcher();
expectTypeOf(dispatcher).toExtend<EventDispatcher>();
dispatcher.listen(ProcessCompleted, (event) => event.process.pid);

expectTypeOf(dispatcher.once(ProcessStarted)).toEqualTypeOf<Promise<ProcessStarted>>();
expectTypeOf(dispatcher.stream(ProcessOutput)).toEqualTypeOf<
  AsyncIterableIterator<ProcessOutput>
>();
expectTypeOf(dispatcher.stream('*')).toEqualTypeOf<AsyncIterableIterator<ProcEvent>>();

app.register(EventServiceProvider);
app.register(
  new EventServiceProvider(app, {
    onListenerError: (error, event) => {
      expectTypeOf(error).toBeUnknown();
      expectTypeOf(event).toEqualTypeOf<ProcEvent>();
    },
  }),
);
expectTypeOf<ListenerErrorHandler>().parameters.toEqualTypeOf<[error: unknown, event: ProcEvent]>();
