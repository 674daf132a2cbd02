import type { Readable } from 'node:stream';
import { expectTypeOf } from 'expect-type';
import * as core from '@proc/core';
import {
  CommandNotFoundError,
  ProcError,
  type EventDispatcher,
  type OutputChunk,
  type ProcessCompleted,
  ProcessEvent,
  ProcessOutput,
  type ProcessResult,
  type ProcessResultJson,
  type ProcessSpec,
  type ProcessStarted,
  type RunningProcess,
  type StandardSchema,
  type TerminationReason,
} from '@proc/core';

declare const result: ProcessResult;
expectTypeOf(result.exitCode).toEqualTypeOf<number | null>();
expectTypeOf(result.signal).toEqualTypeOf<NodeJS.Signals | null>();
expectTypeOf(result.pid).toEqualTypeOf<number | undefined>();
expectTypeOf(result.reason).toEqualTypeOf<TerminationReason | null>();
expectTypeOf(result.error).toEqualTypeOf<ProcError | null>();
expectTypeOf(result.bytes('stderr')).toEqualTypeOf<Buffer>();
expectTypeOf(result.stream()).toEqualTypeOf<Readable>();
expectTypeOf(result.lines()).toEqualTypeOf<string[]>();
expectTypeOf(result.toJSON()).toEqualTypeOf<ProcessResultJson>();
expectTypeOf(result.throw()).toEqualTypeOf<ProcessResult>();
expectTypeOf(result.endedAt).toEqualTypeOf<Date | null>();
expectTypeOf(result.json()).toBeUnknown();

declare const schema: StandardSchema<{ name: string }>;
expectTypeOf(result.json(schema)).toEqualTypeOf<{ name: string }>();
// @ts-expect-error -- there is no such stream
result.bytes('stdin');
// @ts-expect-error -- a result is not changed
result.exitCode = 0;

declare const process: RunningProcess;
expectTypeOf(process).not.toHaveProperty('then');
expectTypeOf(process.expect('x')).resolves.toEqualTypeOf<RegExpMatchArray>();
expectTypeOf(process.wait()).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(process.exitCode).resolves.toEqualTypeOf<number | null>();
expectTypeOf(process.chunks()).toEqualTypeOf<AsyncIterableIterator<OutputChunk>>();
expectTypeOf(process).toExtend<AsyncDisposable>();
expectTypeOf(process).toExtend<AsyncIterable<string>>();
// @ts-expect-error -- no such signal
process.signal('SIGNOPE');

// Events are typed by their class.
declare const events: EventDispatcher;
events.listen(ProcessOutput, (event) => {
  expectTypeOf(event).toEqualTypeOf<ProcessOutput>();
  expectTypeOf(event.chunk).toEqualTypeOf<string>();
});
expectTypeOf(events.once(ProcessEvent)).resolves.toEqualTypeOf<ProcessEvent>();
expectTypeOf(events.stream(ProcessOutput)).toEqualTypeOf<AsyncIterableIterator<ProcessOutput>>();
events.listen('*', (event) => {
  expectTypeOf(event).toEqualTypeOf<core.ProcEvent>();
});
expectTypeOf<ProcessCompleted['result']>().toEqualTypeOf<ProcessResult>();
expectTypeOf<ProcessStarted['name']>().toEqualTypeOf<'ProcessStarted'>();
// @ts-expect-error -- not an event
events.listen(Date, () => undefined);

// is() narrows.
const caught: unknown = null;
if (CommandNotFoundError.is(caught)) {
  expectTypeOf(caught).toEqualTypeOf<CommandNotFoundError>();
  expectTypeOf(caught.spec).toEqualTypeOf<ProcessSpec>();
  expectTypeOf(caught.result).toEqualTypeOf<ProcessResult | undefined>();
}
if (ProcError.is(caught)) expectTypeOf(caught.code).toEqualTypeOf<string>();

// Nothing that is exported is `any`.
type AnyExports = {
  [Name in keyof typeof core]: 0 extends 1 & (typeof core)[Name] ? Name : never;
}[keyof typeof core];
expectTypeOf<AnyExports>().toBeNever();

/** The members of a type that are `any`, or are functions that take or give it. */
type AnyMembers<T> = {
  [Name in keyof T]-?: 0 extends 1 & T[Name]
    ? Name
    : T[Name] extends (...args: infer Args) => infer Returned
      ? 0 extends 1 & Returned
        ? Name
        : 0 extends 1 & Args[number]
          ? Name
          : never
      : never;
}[keyof T];
expectTypeOf<AnyMembers<ProcessResult>>().toBeNever();
expectTypeOf<AnyMembers<RunningProcess>>().toBeNever();
expectTypeOf<AnyMembers<ProcessSpec>>().toBeNever();
expectTypeOf<AnyMembers<core.ProcessManager>>().toBeNever();
expectTypeOf<AnyMembers<core.PendingProcess>>().toBeNever();
expectTypeOf<AnyMembers<core.ProcessOptions>>().toBeNever();
expectTypeOf<AnyMembers<core.Application>>().toBeNever();
expectTypeOf<AnyMembers<core.ProcessHandle>>().toBeNever();
expectTypeOf<AnyMembers<core.LaunchSpec>>().toBeNever();
